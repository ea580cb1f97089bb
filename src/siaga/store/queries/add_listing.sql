-- A feed, sitemap or section page, to be looked at at once; one that is known keeps how far it was seen.
INSERT INTO listing (url, source, kind, host, due, since)
VALUES (:url, :source, :kind, :host, :due, :since)
ON CONFLICT (url, kind) DO UPDATE SET source = excluded.source, since = excluded.since
