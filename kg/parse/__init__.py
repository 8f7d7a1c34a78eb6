"""Spelling a text as a spaCy Doc, with its sentences and names."""
