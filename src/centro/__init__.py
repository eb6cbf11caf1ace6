"""Centro: the software a worker center runs on."""
