-- Another name of a page, unless it is a page of its own.
INSERT INTO address (url, page)
SELECT :url, :page
WHERE NOT EXISTS (SELECT 1 FROM page WHERE url = :url)
ON CONFLICT (url) DO NOTHING
