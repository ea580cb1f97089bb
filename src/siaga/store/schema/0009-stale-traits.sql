-- Articles that were read anew or corrected since their traits were made: their stories are told anew by the next run.
CREATE TABLE stale_trait (
  article INTEGER PRIMARY KEY REFERENCES article (seq)
) STRICT;
