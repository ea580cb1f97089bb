-- A page that nobody asked for yet is due now, not when the clock is where it was before it was set back.
UPDATE page SET due = :now WHERE state = 'waiting' AND attempts = 0 AND due > :now
