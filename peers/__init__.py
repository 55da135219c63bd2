"""Other libraries for decisions with several criteria: what they say beside what we say, and how fast."""
