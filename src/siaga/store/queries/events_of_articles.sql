-- Numbers of all events of these articles, those that no longer stand as well.
SELECT seq FROM event WHERE article IN (SELECT value FROM json_each(:articles))
UNION ALL
SELECT seq FROM withdrawn WHERE article IN (SELECT value FROM json_each(:articles))
