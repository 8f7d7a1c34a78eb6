"""Which place of the gazetteer a name means, and the IRIs of entities."""
