-- What happened to an article, and how it stood before.
INSERT INTO version (article, number, kind, moment, title, text)
SELECT
  :article,
  1 + coalesce((SELECT max(number) FROM version WHERE article = :article), 0),
  :kind,
  :moment,
  :title,
  :text
