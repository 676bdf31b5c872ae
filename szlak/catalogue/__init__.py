"""The catalogue: everything behind the pages, cut into rooms that import only downwards."""
