-- SQLite. Begin to write, once nobody else does.
BEGIN IMMEDIATE
