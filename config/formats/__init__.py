"""How days and times are written where Django's own form breaks a line or does not agree with itself."""
