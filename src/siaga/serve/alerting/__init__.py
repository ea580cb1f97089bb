"""Alerts: what rules find, what is told of it, and how it gets to whoever asked for it."""
