"""How fast the program is, measured against the least that its tools cost, in one run."""
