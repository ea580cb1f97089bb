-- Every listing is looked at now, whenever it was due; what failed waits as long as it was to wait.
UPDATE listing SET due = ? WHERE failures = 0
