"""What people read: timeline, brief, tables."""
