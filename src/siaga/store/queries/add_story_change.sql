-- Record what became of a story.
INSERT INTO story_change (kind, story, other, moment)
VALUES (:kind, :story, :other, :moment)
