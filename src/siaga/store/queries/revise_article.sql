-- Another text of an article under its id.
UPDATE article
SET title = :title, text = :text, dropped = :dropped
WHERE id = :id
