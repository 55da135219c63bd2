"""The arithmetic: numpy arrays in, numpy arrays out, and nothing known of files or records."""
