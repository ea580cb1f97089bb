-- Numbers of all events of these articles, those that no longer stand as well.
SELECT seq FROM event WHERE article IN (SELECT CAST(value AS BIGINT) FROM json_each(:articles))
UNION ALL
SELECT seq FROM withdrawn WHERE article IN (SELECT CAST(value AS BIGINT) FROM json_each(:articles))
