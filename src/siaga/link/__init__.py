"""Document -> Story: copies, wires and independent sources. Pure: no network, no clock, no store."""
