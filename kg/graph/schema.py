"""The ontology as the graph needs it: loaded once, and as a named graph of its own."""

from functools import cache

from pyoxigraph import BlankNode

from kg.errors import OntologyError
from kg.graph.terms import Fact
from kg.ontology import Ontology, load, sources
from kg.ontology_turtle import quads

NOTICE = (
    "A graph of actors and places, made by kg: who did what to whom, where, and who says so.",
    "Entities come first, each with what is plainly said of it; then each document with its statements.",
    "The ontology (https://w3id.org/actors-places/ontology#) is in graph.nq, as a named graph.",
    "Names, points and codes of places are data of GeoNames (https://www.geonames.org/), CC BY 4.0, changed by kg.",
)


@cache
def ontology(path: str | None) -> Ontology:
    """Return the ontology at `path`; the one that ships for None."""
    return load(path)


@cache
def facts(path: str | None) -> tuple[Fact, ...]:
    """Return the ontology's own triples.

    Raises:
        OntologyError: the file can't be read, or has blank nodes: those can't be loaded twice.
    """
    read = [(source, quads(source)) for source in sources(path)]
    for source, found in read:
        if any(isinstance(term, BlankNode) for quad in found for term in (quad.subject, quad.object)):
            raise OntologyError(f"{source}: it has blank nodes ([ … ] or lists): give them names")
    return tuple((str(q.subject), str(q.predicate), str(q.object)) for _, found in read for q in found)
