-- The number of an article and the keys of its sketch, if it has one.
SELECT article.seq, sketch.keys
FROM article
JOIN sketch ON sketch.article = article.seq
WHERE article.id = ?
