"""Korean days: 2026.7.10, which no line breaks in two, and one way to write an hour, as TIME_FORMAT does."""

DATETIME_FORMAT = "Y년 n월 j일 A g:i"
SHORT_DATE_FORMAT = "Y.n.j"
SHORT_DATETIME_FORMAT = "Y.n.j A g:i"
