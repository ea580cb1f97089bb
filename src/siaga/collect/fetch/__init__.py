"""Addresses -> answers: politely, within limits, and never to where we must not go."""
