"""What the endpoint says of itself: a SPARQL 1.1 Service Description."""

from pyoxigraph import BlankNode, NamedNode, Triple, serialize

from kg.graph.terms import PREFIXES, RDF
from kg.serve import results

SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_KNOWN = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "RDF_XML", "JSON-LD"),
)


def description(address: str, media: str) -> bytes:
    """Return the description of the endpoint at an address, in a format of `results.GRAPHS`."""
    service, data, default = NamedNode(address), BlankNode("dataset"), BlankNode("default")
    kind = NamedNode(f"{RDF}type")

    def named(name: str) -> NamedNode:
        return NamedNode(SD + name)

    triples = [
        Triple(service, kind, named("Service")),
        Triple(service, named("endpoint"), service),
        Triple(service, named("supportedLanguage"), named("SPARQL11Query")),
        Triple(service, named("defaultDataset"), data),
        Triple(data, kind, named("Dataset")),
        Triple(data, named("defaultGraph"), default),
        Triple(default, kind, named("Graph")),
        *(Triple(service, named("resultFormat"), NamedNode(_FORMATS + name)) for name in _KNOWN),
    ]
    prefixes = {"sd": SD, "formats": _FORMATS, "rdf": PREFIXES["rdf"]}
    return serialize(triples, format=results.GRAPHS[media], prefixes=prefixes) or b""
