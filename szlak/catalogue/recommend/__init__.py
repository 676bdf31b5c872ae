"""A person against a target: what is missing, and which offers close it under the person's limits."""
