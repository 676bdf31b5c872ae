"""Szlak: micro-credentials linked to skills, searched, and planned towards a job."""

__version__ = "0.1.0"
