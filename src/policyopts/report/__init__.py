"""From facts to text: terminal, Markdown, data. Nothing here computes."""
