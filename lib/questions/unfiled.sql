-- title: Conversations that were not filed
-- asks: Conversations whose texts are in no chart: not resolved by the end of the period, or resolved without filing.
-- note: If it is not documented, it did not happen. hours counts from the first of these texts to the resolution, or to the last event of the period.

WITH texts AS (
  SELECT id, chain, conversation, seq, ms, ts FROM events
  WHERE type = 'text.received' AND now <> 'idle' AND day BETWEEN $from AND $to
),
ended AS (
  SELECT t.chain, t.seq, min(r.seq) AS resolved_seq
  FROM texts t
  LEFT JOIN events r ON r.chain = t.chain AND r.type = 'conversation.resolved' AND r.seq > t.seq AND r.day <= $to
  GROUP BY t.chain, t.seq
),
rounds AS (
  SELECT t.chain, t.conversation, e.resolved_seq, count(*) AS texts, min(t.ts) AS since, min(t.ms) AS since_ms
  FROM texts t
  JOIN ended e ON e.chain = t.chain AND e.seq = t.seq
  GROUP BY t.chain, t.conversation, e.resolved_seq
),
filed AS (
  SELECT DISTINCT id FROM objects WHERE kind = 'filed'
),
stated AS (
  SELECT id, min(code) AS code FROM reasons WHERE code LIKE 'not-filed-%' GROUP BY id
),
whose AS (
  SELECT conversation, min(patient) AS patient, count(DISTINCT patient) AS patients FROM events
  WHERE conversation IS NOT NULL AND patient IS NOT NULL
  GROUP BY conversation
),
cutoff AS (
  SELECT max(ms) AS ms FROM events WHERE day <= $to
)
SELECT
  r.conversation,
  CASE WHEN w.patients = 1 THEN w.patient WHEN w.patients > 1 THEN 'several' END AS patient,
  r.texts,
  r.since,
  CASE
    WHEN r.resolved_seq IS NULL THEN 'not resolved'
    ELSE coalesce(n.code, 'resolved, and nothing said of filing')
  END AS state,
  d.who AS resolved_by,
  round(CAST(coalesce(d.ms, a.ms) - r.since_ms AS DOUBLE) / 3600000, 1) AS hours
FROM rounds r
CROSS JOIN cutoff a
LEFT JOIN events d ON d.chain = r.chain AND d.seq = r.resolved_seq
LEFT JOIN filed f ON f.id = d.id
LEFT JOIN stated n ON n.id = d.id
LEFT JOIN whose w ON w.conversation = r.conversation
WHERE f.id IS NULL
ORDER BY r.since, r.conversation
