-- An address of an article, unless it is known under this or another name, or was taken down. An edit that its list
-- tells of brings it back for another look.
INSERT INTO page (url, source, host, state, found, listed, due)
SELECT :url, :source, :host, 'waiting', :now, :listed, :now
WHERE NOT EXISTS (SELECT 1 FROM address WHERE url = :url)
  AND NOT EXISTS (SELECT 1 FROM forgotten WHERE kind = 'address' AND name = :url)
  AND NOT EXISTS (SELECT 1 FROM forgotten WHERE kind = 'source' AND name = :source)
ON CONFLICT (url) DO UPDATE SET due = :now
WHERE page.state = 'done' AND :updated > page.fetched AND page.leased IS NULL
RETURNING found = :now AND article IS NULL
