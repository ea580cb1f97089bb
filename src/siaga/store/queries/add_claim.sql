-- A new claim; with one that it takes the place of, or null.
INSERT INTO claim (id, article, kind, made, type, supersedes, entered, record)
VALUES (
  :id, (SELECT seq FROM article WHERE id = :article), :kind, :made, :type, :supersedes, :entered, :record
)
RETURNING number
