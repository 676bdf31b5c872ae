"""What a first start holds: our Polish lexicon, the starter taxonomy and the demonstration catalogue."""
