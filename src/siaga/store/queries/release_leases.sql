-- What a process that is no more had taken is free again: only one writes, and it begins with this.
UPDATE listing SET leased = NULL WHERE leased IS NOT NULL;
UPDATE page SET leased = NULL WHERE leased IS NOT NULL;
