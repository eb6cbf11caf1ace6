"""How this installation runs: settings, environment, addresses, the `centro` command."""
