"""Pages to read about needling and the days after, in plain words, every paragraph with its source."""
