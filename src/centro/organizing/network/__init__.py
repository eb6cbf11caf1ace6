"""Who knows whom: the ring picture, and what the paper “What we hold about you” says of it."""
