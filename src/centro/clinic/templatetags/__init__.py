"""Template words of the clinic."""
