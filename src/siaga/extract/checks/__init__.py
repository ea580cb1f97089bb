"""What is checked of knowledge, that of the packs and a user's own alike: records, references, and every example."""
