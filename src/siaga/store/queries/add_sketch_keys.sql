-- The keys of an article's sketch.
INSERT INTO sketch_key (key, article)
SELECT value, :article
FROM json_each(:keys)
