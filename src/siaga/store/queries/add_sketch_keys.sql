-- The keys of an article's sketch.
INSERT INTO sketch_key (key, article)
SELECT CAST(value AS BIGINT), :article
FROM json_each(:keys)
