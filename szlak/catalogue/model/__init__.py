"""The nouns of the catalogue, as frozen dataclasses, one file a family."""
