-- title: No contact, incidents and facts changed by hand
-- asks: Who changed a fact of the clinic or of a patient, set or lifted "nobody texts this patient", undid or decided an opt-out; and which incidents were opened and who has looked at them.
-- note: left_meanwhile counts texts that left for the patient while "no contact" stood: it must be 0. An incident that nobody has looked at says so.

WITH chosen AS (
  SELECT * FROM events
  WHERE type IN (
      'clinic.closed', 'clinic.on-call', 'patient.changed', 'patient.number-ended', 'patient.number-wrong',
      'patient.no-contact', 'patient.contact-allowed', 'number.no-contact', 'number.contact-allowed',
      'number.undone', 'number.pause-decided', 'incident.opened'
    )
    AND day BETWEEN $from AND $to
),
lifted AS (
  SELECT c.id, min(l.ms) AS ms
  FROM chosen c
  JOIN events l ON l.chain = c.chain AND l.seq > c.seq AND l.type = 'patient.contact-allowed'
  WHERE c.type = 'patient.no-contact'
  GROUP BY c.id
),
meanwhile AS (
  SELECT c.id, count(m.id) AS texts
  FROM chosen c
  LEFT JOIN lifted l ON l.id = c.id
  LEFT JOIN events m
    ON m.patient = c.patient AND m.type = 'message.claimed' AND m.ms > c.ms AND (l.ms IS NULL OR m.ms < l.ms)
  WHERE c.type = 'patient.no-contact'
  GROUP BY c.id
),
looked AS (
  SELECT c.id, v.who, row_number() OVER (PARTITION BY c.id ORDER BY v.seq) AS place
  FROM chosen c
  JOIN events v ON v.chain = c.chain AND v.type = 'incident.viewed'
  WHERE c.type = 'incident.opened'
)
SELECT
  c.ts,
  c.day,
  CASE
    WHEN c.type LIKE 'incident.%' THEN 'incident'
    WHEN c.type LIKE '%no-contact' OR c.type LIKE '%contact-allowed' THEN 'no contact'
    WHEN c.type IN ('number.undone', 'number.pause-decided') THEN 'opt-out'
    WHEN c.type LIKE 'clinic.%' THEN 'clinic'
    ELSE 'patient'
  END AS kind,
  c.type,
  CASE c.known_by WHEN 'handset' THEN 'the handset' ELSE c.who END AS who,
  c.role,
  c.app,
  c.patient,
  c.chain AS about,
  c.now,
  c.why,
  m.texts AS left_meanwhile,
  CASE
    WHEN c.type <> 'incident.opened' THEN NULL
    WHEN v.who IS NULL THEN 'nobody'
    ELSE v.who
  END AS looked_at_by
FROM chosen c
LEFT JOIN meanwhile m ON m.id = c.id
LEFT JOIN looked v ON v.id = c.id AND v.place = 1
ORDER BY c.ms, c.chain, c.seq
