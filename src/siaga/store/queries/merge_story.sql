-- The articles of a story that was merged belong to the other.
UPDATE story_article
SET story = :other
WHERE story = :story
