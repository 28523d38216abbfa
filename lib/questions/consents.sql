-- title: Consents by state and age
-- asks: For each purpose, how many patients stand where, and how old their last word is.
-- note: The last word of each patient on each purpose up to the end of the period. An export that begins late does not hold older words. Months are of 30 days.

WITH words AS (
  SELECT
    e.patient, o.object AS topic, e.type, e.ms,
    row_number() OVER (PARTITION BY e.patient, o.object ORDER BY e.ms DESC, e.seq DESC) AS place
  FROM events e
  JOIN objects o ON o.id = e.id AND o.kind = 'purpose'
  WHERE e.type IN (
      'consent.asked', 'consent.granted', 'consent.confirmed', 'consent.restored', 'consent.declined',
      'consent.denied', 'consent.withdrawn', 'consent.revoked', 'consent.lapsed'
    )
    AND e.day <= $to
),
pauses AS (
  SELECT patient, max(ms) AS ms FROM events WHERE type = 'patient.paused' AND day <= $to GROUP BY patient
),
cutoff AS (
  SELECT max(ms) AS ms FROM events WHERE day <= $to
),
aged AS (
  SELECT
    w.topic,
    w.patient,
    CASE
      WHEN w.type IN ('consent.granted', 'consent.confirmed', 'consent.restored') AND p.ms > w.ms THEN 'granted, stopped since'
      WHEN w.type IN ('consent.granted', 'consent.confirmed', 'consent.restored') THEN 'granted'
      WHEN w.type IN ('consent.declined', 'consent.denied') THEN 'declined'
      ELSE substr(w.type, 9)
    END AS state,
    CAST(a.ms - w.ms AS DOUBLE) / 2592000000 AS months
  FROM words w
  CROSS JOIN cutoff a
  LEFT JOIN pauses p ON p.patient = w.patient
  WHERE w.place = 1
)
SELECT
  topic AS purpose,
  state,
  CASE
    WHEN months < 6 THEN '0 to 6 months'
    WHEN months < 12 THEN '6 to 12 months'
    WHEN months < 24 THEN '12 to 24 months'
    ELSE 'over 24 months'
  END AS age,
  count(*) AS patients,
  round(max(months), 1) AS oldest_months
FROM aged
GROUP BY 1, 2, 3
ORDER BY purpose, state, oldest_months
