"""Linking: a text becomes concepts, with confidence and the words that justify each."""
