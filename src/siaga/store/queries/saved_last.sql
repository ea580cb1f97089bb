-- When the article that came last was saved.
SELECT saved
FROM article
ORDER BY seq DESC
LIMIT 1
