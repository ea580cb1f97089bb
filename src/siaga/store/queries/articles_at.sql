-- The articles at an address, by whichever of its names.
SELECT id FROM article WHERE url = :url
UNION
SELECT article FROM page WHERE url = :url AND article IS NOT NULL
UNION
SELECT page.article FROM address JOIN page ON page.url = address.page WHERE address.url = :url AND page.article IS NOT NULL
