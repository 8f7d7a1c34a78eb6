"""The command line: `main` assembles, one module a command."""
