"""An encoder small enough to foresee: a text is the counts of its letters."""

from collections.abc import Sequence

import numpy as np

from szlak.catalogue.model.encoding import Role, Vectors

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


class LetterEncoder:
    """An Encoder over letter counts; letters beyond LETTERS count as the last one. It remembers what it was asked."""

    dim = len(LETTERS)

    def __init__(self, model: str = "letters@1") -> None:
        self.id = model
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str], *, role: Role) -> Vectors:
        self.asked += texts
        rows = np.zeros((len(texts), self.dim), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for letter in filter(str.isalnum, text.lower()):
                row[LETTERS.find(letter)] += 1
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1)
