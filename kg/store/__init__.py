"""Stores: embedded (Oxigraph) and external (SPARQL 1.1 over HTTP)."""
