"""Pages of the ground: `account` (signing in, one's own factors), `users` (for officers), `logs` (for auditors)."""
