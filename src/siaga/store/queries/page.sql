-- What is known of an address, by whichever of its names.
SELECT url, source, state, article, checks, attempts, listed
FROM page
WHERE url = :url OR url = (SELECT page FROM address WHERE url = :url)
ORDER BY url = :url DESC
LIMIT 1
