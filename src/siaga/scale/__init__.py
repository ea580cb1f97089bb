"""The same reader over an archive: shards, each read once whoever reads it, and put together again."""
