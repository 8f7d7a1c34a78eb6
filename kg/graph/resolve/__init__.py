"""Which entities of different documents are the same: profiles, pairs with reasons, clusters, the IRIs they give."""
