-- The last alert of each subject of a rule: since when what it told had held, the day it rested on, when it was told.
SELECT subject, as_of, fired
FROM alert
WHERE number IN (SELECT max(number) FROM alert WHERE rule = ? GROUP BY subject)
