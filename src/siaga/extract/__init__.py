"""Article -> Document: annotators that add one layer each. Pure: no network, database or clock."""
