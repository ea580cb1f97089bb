-- Keep a story.
INSERT INTO story (id, first, last, articles, lineages, independent_sources, record)
VALUES (:id, :first, :last, :articles, :lineages, :independent_sources, :record)
ON CONFLICT (id) DO UPDATE SET
  first = excluded.first, last = excluded.last, articles = excluded.articles, lineages = excluded.lineages,
  independent_sources = excluded.independent_sources, record = excluded.record
