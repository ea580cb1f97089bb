-- Whether an article was taken down: by itself, or with its source.
SELECT 1 FROM forgotten WHERE kind = :kind AND name = :name
