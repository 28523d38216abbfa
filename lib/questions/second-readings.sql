-- title: Overrides, acknowledgements and their second reading
-- asks: Each text that left on somebody's word although the gateway had a doubt, and whether a second person has read it since.
-- note: The reasons in words are sealed with the text; the second reader sees them.

WITH answered AS (
  SELECT * FROM events
  WHERE type IN ('message.overridden', 'message.acknowledged') AND day BETWEEN $from AND $to
),
readings AS (
  SELECT a.id, r.who, r.role, r.ms, r.ts, row_number() OVER (PARTITION BY a.id ORDER BY r.seq) AS place
  FROM answered a
  JOIN events r ON r.chain = a.chain AND r.type = 'message.second-read' AND r.seq > a.seq AND r.who <> a.who
),
missed AS (
  SELECT chain, min(ms) AS ms FROM events WHERE type = 'message.second-reading-missed' GROUP BY chain
)
SELECT
  a.ts,
  a.day,
  CASE a.type WHEN 'message.overridden' THEN 'override' ELSE 'acknowledgement' END AS what,
  a.why,
  a.who,
  a.role,
  a.message,
  a.patient,
  r.who AS read_by,
  r.role AS read_role,
  r.ts AS read_at,
  round(CAST(r.ms - a.ms AS DOUBLE) / 3600000, 1) AS hours_to_read,
  CASE
    WHEN r.id IS NOT NULL AND (m.ms IS NULL OR r.ms <= m.ms) THEN 'read'
    WHEN r.id IS NOT NULL THEN 'read late'
    WHEN m.ms IS NOT NULL THEN 'missed'
    ELSE 'not read yet'
  END AS state
FROM answered a
LEFT JOIN readings r ON r.id = a.id AND r.place = 1
LEFT JOIN missed m ON m.chain = a.chain
ORDER BY a.ms, a.chain, a.seq
