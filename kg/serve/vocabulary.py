"""The ontology at its path: a page with an anchor for every class and property, and Turtle and JSON-LD of the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode, Triple
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.corpus.build import settings_of
from kg.corpus.opening import reading
from kg.graph import terms
from kg.ontology import sources
from kg.ontology_turtle import quads
from kg.serve import answers, forms
from kg.serve.describing import Description
from kg.serve.pages import answered
from kg.serve.served import Served
from kg.settings import ONTOLOGY

PATH = urlsplit(ONTOLOGY).path
_WORDS = {
    "kg:verb": "Verbs",
    "kg:inverseVerb": "Verbs, turned",
    "kg:intransitiveVerb": "Verbs without object",
    "kg:infinitiveVerb": "Verbs with infinitive",
    "kg:roleNoun": "Nouns for who",
    "kg:inverseRoleNoun": "Nouns for whom",
    "kg:eventNoun": "Nouns for what happens",
    "kg:agentNoun": "Nouns for the doer",
    "kg:lightVerb": "Light verbs",
    "kg:inverseLightVerb": "Light verbs, turned",
}
_RELATED = {
    "rdfs:subClassOf": "Is a kind of",
    "rdfs:subPropertyOf": "Is a kind of",
    "rdfs:domain": "Of",
    "kg:domainIncludes": "Of",
    "rdfs:range": "To",
    "kg:rangeIncludes": "To",
    "owl:inverseOf": "Inverse of",
    "skos:exactMatch": "The same as",
    "skos:closeMatch": "Like",
}
Kind = Literal["class", "relation", "property", "individual"]


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property, as the page shows it; links are (words, address)."""

    name: str
    label: str
    kind: Kind
    comment: str
    related: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    words: tuple[tuple[str, tuple[str, ...]], ...]
    examples: tuple[tuple[str, str, bool], ...]


def vocabulary(served: Served) -> list[Route]:
    """Return the routes of the ontology: that of the graph's own settings, with what a user added."""
    with reading(served.folder) as ledger:
        file = settings_of(ledger).ontology

    def answer(request: Request) -> Response:
        form = forms.wanted(forms.split(request.url.path)[1], request.query_params, request.headers)
        own = tuple(Triple(q.subject, q.predicate, q.object) for source in sources(file) for q in quads(source))
        found = Description(ONTOLOGY.rstrip("#"), own, ())
        return answered(found, form, served.base, lambda: _page(read(own)))

    paths = [PATH, *(f"{PATH}.{suffix}" for suffix in forms.FORMS)]
    return [Route(path, answer) for path in paths]


def read(triples: Iterable[Triple]) -> list[Term]:
    """Return the terms that triples define in our namespace, in their order."""
    said: dict[str, dict[str, list[NamedNode | RdfLiteral]]] = {}
    for triple in triples:
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | RdfLiteral):
            values = said.setdefault(triple.subject.value, {})
            values.setdefault(triple.predicate.value, []).append(triple.object)
    return [_term(iri, values) for iri, values in said.items() if "#" in iri and _iri("rdfs:label") in values]


def _term(iri: str, said: dict[str, list[NamedNode | RdfLiteral]]) -> Term:
    def values(curie: str) -> list[str]:
        return [value.value for value in said.get(_iri(curie), ())]

    related: dict[str, list[tuple[str, str]]] = {}
    for curie, words in _RELATED.items():
        related.setdefault(words, []).extend((_short(value), _address(value)) for value in values(curie))
    examples = [(text, False) for text in values("kg:example")] + [(t, True) for t in values("kg:counterExample")]
    return Term(
        name=iri.rpartition("#")[2],
        label=next(iter(values("rdfs:label"))),
        kind=_kind(values("rdf:type")),
        comment=" ".join(values("rdfs:comment")),
        related=tuple((words, tuple(links)) for words, links in related.items() if links),
        words=tuple((words, tuple(values(curie))) for curie, words in _WORDS.items() if values(curie)),
        examples=tuple((*text.partition(" → ")[::2], wrong) for text, wrong in examples),
    )


def _kind(types: list[str]) -> Kind:
    if _iri("kg:Relation") in types:
        return "relation"
    if _iri("owl:Class") in types or _iri("rdfs:Class") in types:
        return "class"
    return "property" if any(kind.endswith("Property") for kind in types) else "individual"


def _page(found: list[Term]) -> Response:
    groups = [
        (heading, [term for term in found if term.kind == kind])
        for heading, kind in (
            ("Relations", "relation"), ("Classes", "class"), ("Properties", "property"), ("Values", "individual"),
        )
    ]  # fmt: skip
    return answers.page("ontology.html", title="Ontology", here=PATH, groups=groups, path=PATH)


def _iri(curie: str) -> str:
    return terms.name(curie)[1:-1]


def _short(iri: str) -> str:
    return iri.removeprefix(ONTOLOGY) if iri.startswith(ONTOLOGY) else iri


def _address(iri: str) -> str:
    return f"#{iri.removeprefix(ONTOLOGY)}" if iri.startswith(ONTOLOGY) else iri
