"""A knowledge graph of actors and places from news text: who did what to whom, where, when, and who says so."""

__version__ = "0.1.0"
