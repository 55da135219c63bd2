"""The sections of the briefing: from facts to sentences and tables in Markdown; nothing here computes."""
