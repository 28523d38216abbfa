-- title: Slow answers by team
-- asks: How long texts waited for a person in each team, and how often nobody came in the time that the clinic allows.
-- note: Minutes by the clock, nights and weekends among them, from the first unanswered text to the first reply or resolution; the team is the one that the text came to. passed_on counts what the gateway found overdue by the team's own open hours; lapsed counts claims that ran out.

WITH texts AS (
  SELECT e.chain, e.seq, e.ms, o.object AS team
  FROM events e
  JOIN objects o ON o.id = e.id AND o.kind = 'team'
  WHERE e.type = 'text.received' AND e.now <> 'idle' AND e.day BETWEEN $from AND $to
),
ended AS (
  SELECT t.chain, t.seq, min(r.seq) AS answered_seq
  FROM texts t
  LEFT JOIN events r
    ON r.chain = t.chain AND r.seq > t.seq AND r.type IN ('conversation.replied', 'conversation.resolved')
  GROUP BY t.chain, t.seq
),
placed AS (
  SELECT
    t.chain, t.seq, t.ms, t.team, e.answered_seq,
    row_number() OVER (PARTITION BY t.chain, e.answered_seq ORDER BY t.seq) AS place
  FROM texts t
  JOIN ended e ON e.chain = t.chain AND e.seq = t.seq
),
waits AS (
  SELECT p.chain, p.seq, p.team, p.answered_seq, round(CAST(a.ms - p.ms AS DOUBLE) / 60000, 1) AS minutes
  FROM placed p
  LEFT JOIN events a ON a.chain = p.chain AND a.seq = p.answered_seq
  WHERE p.place = 1
),
slow AS (
  SELECT
    w.chain, w.seq,
    max(CASE WHEN e.type IN ('conversation.escalated', 'conversation.overdue') THEN 1 ELSE 0 END) AS passed_on,
    max(CASE WHEN e.type = 'conversation.lapsed' THEN 1 ELSE 0 END) AS lapsed
  FROM waits w
  JOIN events e
    ON e.chain = w.chain AND e.seq > w.seq AND (w.answered_seq IS NULL OR e.seq < w.answered_seq)
    AND e.type IN ('conversation.escalated', 'conversation.overdue', 'conversation.lapsed')
  GROUP BY w.chain, w.seq
),
ranked AS (
  SELECT
    team, minutes,
    row_number() OVER (PARTITION BY team ORDER BY minutes, chain, seq) AS place,
    count(*) OVER (PARTITION BY team) AS many
  FROM waits
  WHERE minutes IS NOT NULL
),
times AS (
  SELECT
    team,
    avg(CASE WHEN 2 * place BETWEEN many AND many + 2 THEN minutes END) AS median_minutes,
    min(CASE WHEN 10 * place >= 9 * many THEN minutes END) AS nine_in_ten_within,
    max(minutes) AS longest_minutes
  FROM ranked
  GROUP BY team
)
SELECT
  w.team,
  count(*) AS waits,
  sum(CASE WHEN w.minutes IS NULL THEN 1 ELSE 0 END) AS unanswered,
  round(CAST(max(t.median_minutes) AS DOUBLE), 1) AS median_minutes,
  max(t.nine_in_ten_within) AS nine_in_ten_within,
  max(t.longest_minutes) AS longest_minutes,
  sum(coalesce(s.passed_on, 0)) AS passed_on,
  sum(coalesce(s.lapsed, 0)) AS lapsed
FROM waits w
LEFT JOIN times t ON t.team = w.team
LEFT JOIN slow s ON s.chain = w.chain AND s.seq = w.seq
GROUP BY w.team
ORDER BY passed_on DESC, w.team
