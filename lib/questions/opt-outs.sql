-- title: Opt-outs and time to effect
-- asks: Each opt-out: how, how soon after the text came the number was blocked, how soon it was confirmed, and whether anything left for that number afterwards.
-- note: seconds_to_block counts from the carrier's time of the text; it is empty where a person recorded the opt-out. left_after must be 0: the one confirmation is not counted. crossed counts texts already on their way when the STOP came. Both are empty where no text ever came from that number.

WITH phones AS (
  SELECT DISTINCT who AS number, conversation FROM events WHERE type = 'text.received' AND known_by = 'handset'
),
stops AS (
  SELECT e.id, e.ts, e.ms, e.day, e.why, e.who, e.role, e.known_by, e.req, substr(e.chain, 5) AS number, min(l.ms) AS lifted
  FROM events e
  LEFT JOIN events l ON l.chain = e.chain AND l.seq > e.seq AND l.type IN ('number.opened', 'number.undone')
  WHERE e.type = 'number.opted-out' AND e.day BETWEEN $from AND $to
  GROUP BY e.id, e.ts, e.ms, e.day, e.why, e.who, e.role, e.known_by, e.req, e.chain
),
texts AS (
  SELECT s.id, max(t.arrived) AS arrived
  FROM stops s
  JOIN events t ON t.type = 'text.received' AND t.req = s.req AND t.ms = s.ms AND t.who = s.number
  GROUP BY s.id
),
confirmations AS (
  SELECT s.id, min(c.message) AS message
  FROM stops s
  JOIN phones p ON p.number = s.number
  JOIN events c ON c.type = 'message.accepted' AND c.req = s.req AND c.ms = s.ms AND c.conversation = p.conversation
  GROUP BY s.id
),
confirmed AS (
  SELECT c.id, min(e.ms) AS ms
  FROM confirmations c
  JOIN events e ON e.message = c.message AND e.type = 'message.claimed'
  GROUP BY c.id
),
afterwards AS (
  SELECT
    s.id,
    sum(CASE WHEN e.type = 'message.claimed' AND c.message IS NULL THEN 1 ELSE 0 END) AS left_after,
    sum(CASE WHEN e.type = 'message.crossed' THEN 1 ELSE 0 END) AS crossed,
    sum(CASE WHEN e.type = 'message.cancelled' THEN 1 ELSE 0 END) AS cancelled
  FROM stops s
  JOIN phones p ON p.number = s.number
  LEFT JOIN events e
    ON e.conversation = p.conversation
    AND e.ms >= s.ms
    AND (s.lifted IS NULL OR e.ms < s.lifted)
    AND e.type IN ('message.claimed', 'message.crossed', 'message.cancelled')
  LEFT JOIN confirmations c ON c.id = s.id AND c.message = e.message
  GROUP BY s.id
)
SELECT
  s.ts,
  s.day,
  s.number,
  s.why,
  CASE s.known_by WHEN 'handset' THEN 'the handset' ELSE s.who END AS by_whom,
  round(CAST(s.ms - t.arrived AS DOUBLE) / 1000, 1) AS seconds_to_block,
  round(CAST(d.ms - s.ms AS DOUBLE) / 1000, 1) AS seconds_to_confirm,
  a.cancelled,
  a.crossed,
  a.left_after,
  CASE WHEN s.lifted IS NULL THEN 'stands' ELSE 'lifted' END AS block
FROM stops s
LEFT JOIN texts t ON t.id = s.id
LEFT JOIN confirmed d ON d.id = s.id
LEFT JOIN afterwards a ON a.id = s.id
ORDER BY s.ms, s.number
