"""Pages of the clinic."""
