"""Copies made of news articles, to train and to measure with: ids and recipes are kept, never a text."""
