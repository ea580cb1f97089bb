-- A listing is looked at by us until then.
UPDATE listing SET leased = :until WHERE url = :url AND kind = :kind
