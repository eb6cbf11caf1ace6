"""Template tags of organizing."""
