-- DuckDB. Of what happened, only what was known by a day: everything that is counted after this counts no more than that.
ALTER VIEW happening RENAME TO happening_ever;
CREATE VIEW happening AS
SELECT * FROM happening_ever WHERE day <= getvariable('known_until');
