-- The vector of a sentence, by its hash.
SELECT vector
FROM sentence_vector
WHERE sentence = ?
