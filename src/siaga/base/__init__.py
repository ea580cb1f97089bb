"""The nouns: records, stages, errors, and the loader of what we know."""
