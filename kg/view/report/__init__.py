"""A corpus to look at: figures of its documents, and the page that shows them."""
