-- The versions of a brief, or of the only one whose id begins so, in order; of all where none is named.
SELECT number, brief, kind, who, moment, note, draft, files, content, hash
FROM brief_version
WHERE :brief IS NULL OR brief = :brief OR (length(:brief) > 3 AND brief LIKE :brief || '%')
ORDER BY number
