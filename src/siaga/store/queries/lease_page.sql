-- A page is fetched by us until then.
UPDATE page SET leased = :until WHERE url = :url
