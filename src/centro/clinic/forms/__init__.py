"""Forms of the clinic."""
