"""When the door of an event is open."""

from datetime import timedelta

BEFORE, AFTER = timedelta(hours=3), timedelta(hours=4)  # around the event
