"""From a parsed document to triples and quotations."""
