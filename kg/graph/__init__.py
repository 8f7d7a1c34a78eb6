"""From annotations to an RDF graph with all provenance, and questions to it."""
