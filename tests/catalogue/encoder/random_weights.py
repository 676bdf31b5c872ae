"""Weights drawn at random, for tests that ask nothing of their meaning."""

import numpy as np

from szlak.catalogue.encoder.weights import Weights


def make_weights(buckets: int = 500, dim: int = 16, seed: int = 3) -> Weights:
    """Return weights for a small table."""
    random = np.random.default_rng(seed)
    vectors = random.normal(size=(buckets, dim)).astype(np.float32)
    return Weights.quantise(vectors, random.normal(size=buckets).astype(np.float32))
