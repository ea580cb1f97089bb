-- Numbers of articles with these ids.
SELECT seq FROM article WHERE id IN (SELECT value FROM json_each(?))
