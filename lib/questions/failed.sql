-- title: Texts that did not arrive
-- asks: Each text that failed, did not reach the phone, went stale, or whose fate nobody knows; and whether somebody was asked to phone instead.
-- note: told says whether a task stands, or stood, in a care team's queue. A text that arrived after all is not listed.

WITH ends AS (
  SELECT
    e.*,
    row_number() OVER (PARTITION BY e.chain ORDER BY e.seq DESC) AS place
  FROM events e
  WHERE e.type IN ('message.failed', 'message.undelivered', 'message.unknown', 'message.unsettled', 'message.expired', 'message.delivered')
    AND e.day BETWEEN $from AND $to
),
scenarios AS (
  SELECT e.chain, min(o.object) AS scenario
  FROM events e
  JOIN objects o ON o.id = e.id AND o.kind = 'scenario'
  GROUP BY e.chain
),
tasks AS (
  SELECT o.object AS message, min(e.ms) AS ms, min(e.chain) AS chain, min(e.seq) AS seq
  FROM events e
  JOIN objects o ON o.id = e.id AND o.kind = 'message'
  WHERE e.type = 'task.opened'
  GROUP BY o.object
),
done AS (
  SELECT t.message, min(r.ms) AS ms
  FROM tasks t
  JOIN events r ON r.chain = t.chain AND r.seq > t.seq AND r.type = 'conversation.resolved'
  GROUP BY t.message
)
SELECT
  e.ts,
  e.day,
  substr(e.type, 9) AS how,
  e.why,
  s.scenario,
  e.message,
  e.patient,
  CASE
    WHEN t.message IS NULL THEN 'nobody was told'
    WHEN d.message IS NULL THEN 'a task waits'
    ELSE 'resolved'
  END AS told,
  round(CAST(d.ms - e.ms AS DOUBLE) / 3600000, 1) AS hours_to_resolve
FROM ends e
LEFT JOIN scenarios s ON s.chain = e.chain
LEFT JOIN tasks t ON t.message = e.message
LEFT JOIN done d ON d.message = e.message
WHERE e.place = 1 AND e.type <> 'message.delivered'
ORDER BY e.ms, e.chain
