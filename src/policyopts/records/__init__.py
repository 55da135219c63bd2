"""From disk to records and back: YAML with positions, the loader and its checks, writing, score tables."""
