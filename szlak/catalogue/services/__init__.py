"""Joins the rooms for people, one file a use case."""
