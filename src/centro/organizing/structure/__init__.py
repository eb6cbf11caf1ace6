"""Structure tests: their codes, their sheet, what they say."""
