"""Questions asked of a dossier: what is ranked, why, and what a sound analysis would still need."""
