"""Korean days: 2026.7.10, which no line breaks in two, and one way to write an hour, as TIME_FORMAT does."""

SHORT_DATE_FORMAT = "Y.n.j"
SHORT_DATETIME_FORMAT = "Y.n.j A g:i"
