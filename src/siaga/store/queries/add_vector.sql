-- The vector of a sentence.
INSERT INTO sentence_vector (sentence, vector)
VALUES (?, ?)
ON CONFLICT (sentence) DO NOTHING
