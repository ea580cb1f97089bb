-- Keep how probable it is that two articles tell one story.
INSERT INTO likeness (a, b, probability)
SELECT one.seq, other.seq, :probability
FROM article AS one
JOIN article AS other ON other.id = :b
WHERE one.id = :a
ON CONFLICT (a, b) DO UPDATE SET probability = excluded.probability
