-- title: Refusals by reason
-- asks: Which reasons stopped texts from leaving, how often each, and for how many patients.
-- note: A text can have several reasons: told counts how often the reason was the one that staff were told. docs/integrating.md explains each.

SELECT
  r.code AS reason,
  count(*) AS refused,
  sum(CASE WHEN r.place = 1 THEN 1 ELSE 0 END) AS told,
  count(DISTINCT e.patient) AS patients,
  count(DISTINCT e.who) AS callers,
  min(e.day) AS first_day,
  max(e.day) AS last_day
FROM events e
JOIN reasons r ON r.id = e.id
WHERE e.type = 'message.refused'
  AND e.day BETWEEN $from AND $to
GROUP BY r.code
ORDER BY refused DESC, reason
