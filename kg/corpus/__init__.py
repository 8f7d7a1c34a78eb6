"""Corpora: a folder that grows and shrinks document by document, and what is done on many processes or machines."""
