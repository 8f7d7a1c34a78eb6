"""Readers: bytes to documents."""
