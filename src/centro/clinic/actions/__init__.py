"""Writes of the clinic: one function for each thing staff say they did. Each leaves one event."""
