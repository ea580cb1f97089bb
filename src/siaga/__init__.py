"""Siaga: crisis early warning from the news."""

__version__ = "0.1.0"
