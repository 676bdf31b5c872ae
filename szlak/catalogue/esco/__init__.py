"""ESCO: reading its releases, the taxonomy in memory, and linking texts to it."""
