"""Pages about people: finding and adding, one person, the parts of them, consents, workplaces, purges."""
