"""The rules of the default extractor, one module a construction family."""
