"""The ontology as the graph needs it: loaded once, and as a named graph of its own."""

from functools import cache

from kg.graph.terms import KINDS, PREFIXES, Fact
from kg.ontology import Ontology, load, sources
from kg.ontology_turtle import quads
from kg.settings import ONTOLOGY

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
        OntologyError: the file can't be read.
    """
    found = (quad for source in sources(path) for quad in quads(source))
    return tuple((str(quad.subject), str(quad.predicate), str(quad.object)) for quad in found)


@cache
def prefixes(path: str | None) -> dict[str, str]:
    """Return the prefixes that a user's ontology gives to the namespaces of its own relations and classes.

    With them graph.ttl has `my:rescued`, not a whole IRI. Our own prefixes keep their meaning.
    """
    from pyoxigraph import RdfFormat, parse

    known = ontology(path)
    own = {relation.iri.removesuffix(name) for name, relation in known.relations.items()}
    own |= {kind.iri.removesuffix(name) for name, kind in known.classes.items()}
    found: dict[str, str] = {}
    for source in sources(path):
        parser = parse(path=source, format=RdfFormat.TURTLE, base_iri=ONTOLOGY)
        for _ in parser:
            pass
        found.update(parser.prefixes)
    return {p: iri for p, iri in sorted(found.items()) if iri in own and p and p not in (*PREFIXES, *KINDS)}
