"""The command line: one thin file a command; options, exit codes and the one place where errors end."""
