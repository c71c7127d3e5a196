-- The cohort's report from its rows (docs/dataset.md), for DuckDB and Spark. Tables are views on the JSON lines, with the columns
-- that datapackage.json gives them: a table without rows has columns, too.
-- Each statement ends with a semicolon on a line of its own; the name before it is the name of the result.

-- risk list: one row for each learner; what is not known of a learner who was not judged is null
SELECT l.learner, CASE WHEN l.judged THEN COALESCE(s.criteria, 0) END AS criteria,
       CASE WHEN l.judged THEN COALESCE(s.evidenced, 0) END AS evidenced,
       CASE WHEN l.judged THEN COALESCE(s.accepted, 0) END AS accepted, l.hours,
       CASE WHEN l.judged THEN COALESCE(e.submitted, 0) END AS submitted,
       CASE WHEN l.judged THEN COALESCE(e.private, 0) END AS private,
       CASE WHEN l.judged THEN COALESCE(e.drafts, 0) END AS drafts,
       CASE WHEN l.judged THEN COALESCE(r.reviews, 0) END AS reviews, r.last_review,
       CASE WHEN l.judged THEN COALESCE(f.errors, 0) END AS errors,
       CASE WHEN l.judged THEN COALESCE(f.warnings, 0) END AS warnings,
       CASE WHEN l.judged THEN COALESCE(f.notes, 0) END AS notes,
       l.waiting_entries AS waiting, l.colour
FROM learners l
LEFT JOIN (SELECT learner, COUNT(*) AS criteria,
                  SUM(CASE WHEN state IN ('evidenced', 'accepted') THEN 1 ELSE 0 END) AS evidenced,
                  SUM(CASE WHEN state = 'accepted' THEN 1 ELSE 0 END) AS accepted
           FROM states WHERE NOT waived GROUP BY learner) s ON s.learner = l.learner
LEFT JOIN (SELECT learner,
                  SUM(CASE WHEN status = 'submitted' AND visibility <> 'private' THEN 1 ELSE 0 END) AS submitted,
                  SUM(CASE WHEN status = 'submitted' AND visibility = 'private' THEN 1 ELSE 0 END) AS private,
                  SUM(CASE WHEN status = 'draft' THEN 1 ELSE 0 END) AS drafts
           FROM entries GROUP BY learner) e ON e.learner = l.learner
LEFT JOIN (SELECT v.learner, COUNT(*) AS reviews, MAX(v.date) AS last_review
           FROM reviews v GROUP BY v.learner) r ON r.learner = l.learner
LEFT JOIN (SELECT learner, SUM(CASE WHEN level = 'error' THEN findings ELSE 0 END) AS errors,
                  SUM(CASE WHEN level = 'warning' THEN findings ELSE 0 END) AS warnings,
                  SUM(CASE WHEN level = 'note' THEN findings ELSE 0 END) AS notes
           FROM findings GROUP BY learner) f ON f.learner = l.learner
;

-- summary: learners by stage and colour; those who were not judged have no stage
SELECT stage, colour, COUNT(*) AS learners FROM learners GROUP BY stage, colour
;

-- heat map: learners by state for each code
SELECT standard, code, state, COUNT(*) AS learners FROM states WHERE NOT waived GROUP BY standard, code, state
;

-- heat map by version: the same with each version of a standard apart (since 1.1)
SELECT s.standard, v.version, v.updated, s.code, s.state, COUNT(*) AS learners
FROM states s JOIN standards v ON v.learner = s.learner AND v.standard = s.standard
WHERE NOT s.waived GROUP BY s.standard, v.version, v.updated, s.code, s.state
;

-- assessors: decisions, those that send back, and days to decide by the nearest rank
SELECT assessor, COUNT(*) AS decisions, SUM(sent_back) AS sent_back,
       MIN(CASE WHEN place >= CEIL(known * 0.5) THEN days END) AS days_median,
       MIN(CASE WHEN place >= CEIL(known * 0.9) THEN days END) AS days_p90
FROM (SELECT assessor, sent_back, days, COUNT(days) OVER (PARTITION BY assessor) AS known,
             CASE WHEN days IS NOT NULL
                  THEN ROW_NUMBER() OVER (PARTITION BY assessor ORDER BY CASE WHEN days IS NULL THEN 1 ELSE 0 END, days)
             END AS place
      FROM (SELECT learner, entry, decision, assessor, MAX(days) AS days,
                   MAX(CASE WHEN verdict = 'accepted' THEN 0 ELSE 1 END) AS sent_back
            FROM decisions WHERE role = 'assessor' GROUP BY learner, entry, decision, assessor) one) ranked
GROUP BY assessor
;

-- waiting by tutor
SELECT tutor, COUNT(*) AS learners, SUM(waiting_entries) AS waiting, MAX(waiting_days) AS oldest
FROM learners WHERE waiting_entries > 0 GROUP BY tutor
;
