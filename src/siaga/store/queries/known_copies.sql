-- Ids of the articles that are copies of one that was published before them, by a day.
SELECT DISTINCT CASE WHEN (a.day, a.id) < (b.day, b.id) THEN b.id ELSE a.id END
FROM pair
JOIN article AS a ON a.seq = pair.a
JOIN article AS b ON b.seq = pair.b
WHERE a.day <= :as_of AND b.day <= :as_of
