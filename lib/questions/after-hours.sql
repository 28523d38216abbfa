-- title: Texts after hours
-- asks: Texts that came while the clinic was closed, and texts that left outside the hours in which texts may arrive.
-- note: By the clinic's written hours, holidays and time zone (--clinic). Answers by a person and automatic ones may leave at any hour; written says which it was. A patient's own time zone is not in the log.

WITH open_then AS (
  SELECT DISTINCT e.id
  FROM events e
  JOIN hours h
    ON h.kind = CASE e.type WHEN 'text.received' THEN 'open' ELSE 'texting' END
    AND h.weekday = e.weekday
    AND e.minute >= h.opens
    AND e.minute < h.closes
  LEFT JOIN holidays f ON f.day = e.day
  WHERE e.type IN ('text.received', 'message.claimed') AND f.day IS NULL
),
answers AS (
  SELECT DISTINCT o.object AS message
  FROM events e
  JOIN objects o ON o.id = e.id AND o.kind = 'message'
  WHERE e.type = 'conversation.replied'
)
SELECT
  e.ts,
  e.day,
  e.time,
  CASE e.type WHEN 'text.received' THEN 'came' ELSE 'left' END AS what,
  CASE
    WHEN e.type = 'text.received' THEN 'by the patient'
    WHEN a.message IS NOT NULL THEN 'as an answer'
    WHEN b.known_by IN ('handset', 'gateway') THEN 'automatically'
    WHEN b.id IS NULL THEN 'before this export'
    ELSE 'for the clinic'
  END AS written,
  e.conversation,
  e.message,
  e.patient
FROM events e
LEFT JOIN open_then o ON o.id = e.id
LEFT JOIN events b ON b.chain = e.chain AND b.seq = 0 AND e.type = 'message.claimed'
LEFT JOIN answers a ON a.message = e.message AND e.type = 'message.claimed'
WHERE e.type IN ('text.received', 'message.claimed')
  AND o.id IS NULL
  AND e.day BETWEEN $from AND $to
ORDER BY e.ms, e.chain, e.seq
