-- Of these ids, a JSON array, those of no stored article, in their order.
SELECT value
FROM json_each(?)
WHERE value NOT IN (SELECT id FROM article)
ORDER BY key
