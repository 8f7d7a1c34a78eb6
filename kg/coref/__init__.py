"""Which mentions refer to the same entity of a document."""
