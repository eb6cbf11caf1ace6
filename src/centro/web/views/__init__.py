"""Pages that belong to no single module: today, tasks, roles and what this is, choices, what went wrong."""
