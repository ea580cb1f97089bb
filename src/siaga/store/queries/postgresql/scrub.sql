-- Write all tables anew: nothing of what was deleted stays in them. The server's log keeps it until it is recycled.
VACUUM (FULL)
