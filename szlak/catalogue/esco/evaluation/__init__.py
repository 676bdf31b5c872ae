"""Evaluation: figures of linking on judged texts, with their uncertainty and beside plain baselines."""
