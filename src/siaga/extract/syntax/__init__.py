"""Tokens and sentences -> syntax and names, by small models of our own that run in numpy alone.

`annotate` holds the annotators; `network` and `heads` the forward pass; `weights` what `tools/train` has learnt.
"""
