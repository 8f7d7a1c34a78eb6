"""Readers: files, folders, globs and standard input → documents, and what is wrong with the rest."""

from kg.read.inputs import read

__all__ = ["read"]
