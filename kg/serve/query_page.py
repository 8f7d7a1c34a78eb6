"""The page on which questions are asked: an editor, the named questions as forms, and what the editor completes."""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from kg import resources
from kg.corpus.build import settings_of
from kg.corpus.opening import reading
from kg.graph import plans, query, schema, terms
from kg.serve.answers import page
from kg.serve.served import Served
from kg.settings import ONTOLOGY
from kg.view import vendored

_COMMENT = terms.name("rdfs:comment")
_CLASS = terms.name("owl:Class")
_KEPT = {"Cache-Control": "max-age=300"}


def routes(served: Served) -> list[BaseRoute]:
    """Return the page, what it completes, and named questions with their parameters filled in."""

    def shown(_: Request) -> Response:
        return page("query.html", here="/query", questions=query.named())

    def vocabulary(_: Request) -> Response:
        questions = [
            {
                "name": question.name,
                "title": question.title,
                "parameters": [
                    {"name": p.name, "meaning": p.meaning, "example": p.example} for p in question.parameters
                ],
            }
            for question in query.named()
        ]
        told = {"base": served.base, "prefixes": terms.prefixes(served.base), "questions": questions}
        return JSONResponse({**told, "terms": known(served.folder)}, headers=_KEPT)

    def question(request: Request) -> Response:
        asked = query.find(request.path_params["name"])
        values = {name: value for name, value in request.query_params.items() if value}
        return JSONResponse({"query": filled(asked, values)}, headers=_KEPT)

    return [
        Route("/query", shown),
        Route("/api/vocabulary", vocabulary),
        Route("/api/questions/{name}", question),
        Mount("/static/vendor", StaticFiles(directory=vendored.FOLDER)),
    ]


def filled(question: query.NamedQuery, values: Mapping[str, str]) -> str:
    """Return the SPARQL of a named question for these values.

    Its comments stay: by them the endpoint knows how to put it to the store (kg/graph/plans.py). One that holds only
    without a value that is given goes.

    Raises:
        UsageError: it has no such parameter.
    """
    text = query.fill(question.text, values)
    return text if plans.is_scanned(text, values) else plans.SCAN.sub("", text)


def known(folder: Path) -> list[tuple[str, str, str]]:
    """Return what the editor completes: (prefixed name, "class" or "property", what it means), by name."""
    with reading(folder) as ledger:
        ontology = settings_of(ledger).ontology
    return list(_known(ontology))


@lru_cache(maxsize=2)
def _known(ontology: str | None) -> tuple[tuple[str, str, str], ...]:
    return tuple(sorted({*_own(ontology), *_others()}))


def _own(ontology: str | None) -> Iterator[tuple[str, str, str]]:
    """Yield the classes and properties of the ontology."""
    facts = list(schema.facts(ontology))
    said: dict[str, dict[str, str]] = {}
    for subject, prop, value in facts:
        if prop in (terms.LABEL, _COMMENT) and value.startswith('"'):
            said.setdefault(subject, {}).setdefault(prop, json.loads(value[: value.rindex('"') + 1]))
    for subject, prop, value in facts:
        if prop == terms.TYPE and subject.startswith(f"<{ONTOLOGY}") and (kind := _kind(value)):
            words = said.get(subject, {})
            meaning = words.get(_COMMENT) or words.get(terms.LABEL) or ""
            yield f"kg:{subject[len(ONTOLOGY) + 1 : -1]}", kind, meaning


def _kind(value: str) -> str | None:
    if value == _CLASS:
        return "class"
    return "property" if value.endswith("Property>") else None


def _others() -> Iterator[tuple[str, str, str]]:
    """Yield the properties of other vocabularies that graphs use, as the JSON-LD context has them."""
    context = json.loads((resources.ontology() / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    for key, value in context.items():
        name = value.get("@id", "") if isinstance(value, dict) else value
        prefix, _, local = str(name).partition(":")
        if prefix in terms.PREFIXES and prefix != "kg" and local and not local.startswith("//"):
            yield str(name), "property", key
    yield "rdf:type", "property", "the class of a node; write a"
