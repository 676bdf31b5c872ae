"""Search: documents from the nouns, an index built beside the live one, and queries that give the same page every time."""
