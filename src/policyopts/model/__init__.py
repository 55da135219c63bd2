"""What a dossier is: frozen records, with no reading, no writing and no maths."""
