-- What a page of search counts and is narrowed by, found without reading the events and texts themselves: which articles
-- tell acts of a type, or in a country, and what an outlet published.
CREATE INDEX event_by_facet ON event (article, type, country) WHERE part = 'body';
CREATE INDEX article_by_source ON article (source, day);
