-- Add a version of a brief to the chain.
INSERT INTO brief_version (brief, kind, who, moment, note, draft, files, content, hash)
VALUES (:brief, :kind, :who, :moment, :note, :draft, :files, :content, :hash)
RETURNING number
