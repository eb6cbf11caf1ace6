"""Events: their rounds of calls, what follows from what people said, their words and papers."""
