-- How many of these articles have not been compared with others, so that copies among them are not known.
SELECT count(*)
FROM article
LEFT JOIN lineage_link ON lineage_link.article = article.seq
WHERE article.id IN (SELECT value FROM json_each(?)) AND lineage_link.article IS NULL
