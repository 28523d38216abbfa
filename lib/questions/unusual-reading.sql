-- title: Unusual reading
-- asks: People who read far more than others of their role, or who open conversations and put them back without doing anything.
-- param: times = 3: how many times the median of their colleagues
-- param: least = 10: readings, or conversations put back, below which nobody is listed
-- note: A figure to ask about, not a finding against anybody: somebody may simply have been alone at the desk. A role needs two colleagues to compare with. The role is what the application said it was.

WITH readings AS (
  SELECT id, who, coalesce(role, 'none') AS role, type, chain, seq, conversation, patient FROM events
  WHERE act = 'R' AND type <> 'message.rehearsed' AND known_by IN ('token', 'asserted') AND day BETWEEN $from AND $to
),
acted AS (
  SELECT DISTINCT who, conversation FROM events
  WHERE type IN ('conversation.replied', 'conversation.resolved', 'conversation.moved', 'conversation.linked', 'task.closed')
    AND day BETWEEN $from AND $to
),
opened AS (
  SELECT DISTINCT who, role, conversation FROM readings WHERE type = 'content.viewed'
),
idle AS (
  SELECT o.who, o.role, count(*) AS conversations, sum(CASE WHEN a.who IS NULL THEN 1 ELSE 0 END) AS put_back
  FROM opened o
  LEFT JOIN acted a ON a.who = o.who AND a.conversation = o.conversation
  GROUP BY o.who, o.role
),
people AS (
  SELECT who, role, count(*) AS readings, count(DISTINCT patient) AS patients FROM readings GROUP BY who, role
),
ranked AS (
  SELECT
    p.who,
    p.role,
    o.readings,
    row_number() OVER (PARTITION BY p.who, p.role ORDER BY o.readings, o.who) AS place,
    count(*) OVER (PARTITION BY p.who, p.role) AS many
  FROM people p
  JOIN people o ON o.role = p.role AND o.who <> p.who
),
medians AS (
  SELECT who, role, max(many) AS colleagues, avg(readings) AS median
  FROM ranked
  WHERE 2 * place BETWEEN many AND many + 2
  GROUP BY who, role
),
findings AS (
  SELECT
    p.who,
    p.role,
    p.readings,
    p.patients,
    m.colleagues,
    m.median,
    coalesce(i.conversations, 0) AS conversations,
    coalesce(i.put_back, 0) AS put_back,
    CASE
      WHEN m.colleagues >= 2 AND p.readings >= CAST($least AS INTEGER) AND p.readings >= CAST($times AS DOUBLE) * m.median THEN 1 ELSE 0
    END AS much,
    CASE WHEN i.put_back >= CAST($least AS INTEGER) AND 2 * i.put_back >= i.conversations THEN 1 ELSE 0 END AS idly
  FROM people p
  LEFT JOIN medians m ON m.who = p.who AND m.role = p.role
  LEFT JOIN idle i ON i.who = p.who AND i.role = p.role
)
SELECT
  who,
  role,
  readings,
  patients,
  colleagues,
  round(CAST(median AS DOUBLE), 1) AS colleagues_median,
  conversations,
  put_back,
  CASE
    WHEN much = 1 AND idly = 1 THEN 'much more than colleagues, and puts back what they open'
    WHEN much = 1 THEN 'much more than colleagues'
    ELSE 'puts back what they open'
  END AS finding
FROM findings
WHERE much = 1 OR idly = 1
ORDER BY readings DESC, who, role
