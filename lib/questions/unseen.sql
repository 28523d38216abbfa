-- title: Answers without a view
-- asks: Claims, replies and resolutions by a person whose view of the texts is not in the log; the list must be empty.
-- note: Texts are opened only after a view event has committed, so that each of these is a hole to explain. Whether a key was used without a view event stands in AWS's own log (CloudTrail), not in this one.

WITH done AS (
  SELECT * FROM events
  WHERE type IN ('conversation.claimed', 'conversation.replied', 'conversation.resolved') AND day BETWEEN $from AND $to
),
seen AS (
  SELECT d.id, max(v.seq) AS last_view
  FROM done d
  JOIN events v ON v.chain = d.chain AND v.type = 'content.viewed' AND v.who = d.who
  -- A claim's own view is the next event of its transaction.
  WHERE CASE WHEN d.type = 'conversation.claimed' THEN v.seq = d.seq + 1 ELSE v.seq < d.seq END
  GROUP BY d.id
),
unread AS (
  SELECT DISTINCT d.id
  FROM done d
  JOIN seen s ON s.id = d.id
  JOIN events t ON t.chain = d.chain AND t.type = 'text.received' AND t.seq > s.last_view AND t.seq < d.seq
),
begins AS (
  SELECT chain, min(seq) AS first_seq FROM events GROUP BY chain
)
SELECT
  d.ts,
  d.day,
  d.time,
  d.type AS did,
  d.who,
  d.role,
  d.app,
  d.conversation,
  d.patient,
  CASE
    WHEN u.id IS NOT NULL THEN 'a newer text was not viewed'
    WHEN b.first_seq > 0 AND d.type <> 'conversation.claimed' THEN 'no view in this export, which begins later than the conversation'
    ELSE 'no view'
  END AS finding,
  d.chain,
  d.seq
FROM done d
JOIN begins b ON b.chain = d.chain
LEFT JOIN seen s ON s.id = d.id
LEFT JOIN unread u ON u.id = d.id
WHERE s.id IS NULL OR u.id IS NOT NULL
ORDER BY d.ms, d.chain, d.seq
