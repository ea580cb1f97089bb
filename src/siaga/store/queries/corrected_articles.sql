-- Ids of the articles that have corrections, the one that was corrected first coming first.
SELECT article.id
FROM correction
JOIN article ON article.seq = correction.article
GROUP BY article.seq
ORDER BY min(number)
