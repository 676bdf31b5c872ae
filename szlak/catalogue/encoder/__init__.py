"""Texts as vectors: the shipped model, which needs NumPy alone, any Sentence Transformers model, and training on pairs of texts."""

from szlak.catalogue.encoder.static import StaticEncoder, load_encoder

__all__ = ["StaticEncoder", "load_encoder"]
