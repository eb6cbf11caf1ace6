"""The leadership ladder: its steps, what speaks for each, a leader's card."""
