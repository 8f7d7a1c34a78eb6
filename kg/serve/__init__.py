"""The explorer: a graph that was built, served on this machine, with a SPARQL endpoint beside it."""
