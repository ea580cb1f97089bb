"""The REST API under /api/v1: resources in JSON, exports as streams, corrections and articles that are sent."""
