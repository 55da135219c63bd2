"""One file a library, named like it: its table of `ANSWERS` holds what it can be asked, by our name for it.

Each file is read in its library's own interpreter, and imports nothing but that library, numpy and the problems.
"""
