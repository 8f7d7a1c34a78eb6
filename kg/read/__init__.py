"""Readers: files, folders, globs and standard input → documents, and what is wrong with the rest."""

from kg.read.columns import parse as parse_columns
from kg.read.inputs import read
from kg.read.screen import digest

__all__ = ["digest", "parse_columns", "read"]
