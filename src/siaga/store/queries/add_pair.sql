-- A pair of copies, in place of the one that was found before.
INSERT INTO pair (a, b, relation, probability, record)
SELECT first.seq, second.seq, :relation, :probability, :record
FROM article AS first
JOIN article AS second ON second.id = :b
WHERE first.id = :a
ON CONFLICT (a, b) DO UPDATE SET relation = excluded.relation, probability = excluded.probability, record = excluded.record
