-- All addresses of articles.
SELECT url FROM article WHERE id IN (SELECT value FROM json_each(:articles)) AND url IS NOT NULL
UNION
SELECT url FROM page WHERE article IN (SELECT value FROM json_each(:articles))
UNION
SELECT address.url
FROM address
JOIN page ON page.url = address.page
WHERE page.article IN (SELECT value FROM json_each(:articles))
