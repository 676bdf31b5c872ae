"""Sources of records: what they hold is read, freed of personal data, and given as records or as reasons for refusal."""
