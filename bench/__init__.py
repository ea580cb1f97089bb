"""Speed and quality beside peers, as ratios measured in one run. Never a timed test."""
