-- title: Who read this patient's texts
-- asks: Every time somebody opened this patient's texts, record or consents: who, when, by which application, for which purpose.
-- param: patient: the patient's id, pat_…
-- note: A conversation is with a phone. What was read there before anybody knew whose phone it is, or of a phone that several people share, is listed too, and named says so.

WITH theirs AS (
  SELECT DISTINCT conversation FROM events WHERE patient = $patient AND conversation IS NOT NULL
)
SELECT
  e.ts,
  e.day,
  e.time,
  e.who,
  e.role,
  e.known_by,
  e.app,
  CASE e.type
    WHEN 'content.viewed' THEN 'texts'
    WHEN 'message.second-read' THEN 'a text, as second reader'
    WHEN 'patient.viewed' THEN 'record'
    WHEN 'consent.viewed' THEN 'consents'
    ELSE e.type
  END AS what,
  CASE
    WHEN e.patient = $patient THEN 'this patient'
    WHEN e.patient IS NULL THEN 'nobody yet'
    ELSE 'another on this phone'
  END AS named,
  e.purpose,
  e.chain,
  e.seq
FROM events e
LEFT JOIN theirs t ON t.conversation = e.conversation
WHERE e.act = 'R'
  AND e.type <> 'message.rehearsed'
  AND (e.patient = $patient OR t.conversation IS NOT NULL)
  AND e.day BETWEEN $from AND $to
ORDER BY e.ms, e.chain, e.seq
