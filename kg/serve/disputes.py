"""The page of contradictions: facts that some assert and others deny, with who says what, and what sources agree on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from pathlib import Path
from threading import Lock
from urllib.parse import quote, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kg.graph import terms, testimony
from kg.graph.consensus import Agreement, agreements, independent
from kg.graph.contradictions import Dispute, disputes
from kg.graph.testimony import Record, Testimony, local
from kg.serve import served as serving
from kg.serve.answers import page
from kg.serve.pages import local as local_path
from kg.serve.served import Served, Stamp, stamp

# Facts of a page, and testimonies of one side of a fact.
PAGE = 20
SIDE = 12
# One reads the statements of a large graph; others wait for what was found.
_READING = Lock()


@dataclass(frozen=True, slots=True)
class Voice:
    """One who says something: in which words, where and when; `about` where a fact has several objects."""

    speaker: str | None
    document: str
    date: str | None
    words: str
    statement: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """Those who say the same of a fact; `more` are not shown."""

    name: str
    voices: tuple[Voice, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that is disputed or agreed on: its nodes as (IRI, name), its relation, who says what of it."""

    subject: tuple[str, str]
    relation: str
    objects: tuple[tuple[str, str], ...]
    sides: tuple[Side, ...]
    sources: int = 0
    documents: int = 0


def routes(served: Served) -> list[BaseRoute]:
    """Return the page."""

    def shown(request: Request) -> Response:
        asked = request.query_params
        about, number = asked.get("about", "")[:200].strip(), _number(asked.get("page", ""))
        consensus = asked.get("view") == "consensus"
        wanted = testimony.named(served.graph.store, about) if about else None
        found = found_in(served.folder, consensus=consensus)
        rows = [fact for fact in found if wanted is None or wanted & _nodes(fact)]
        pages = max(1, ceil(len(rows) / PAGE))
        number = min(number, pages)
        return page(
            "contradictions.html",
            here="/contradictions",
            facts=rows[(number - 1) * PAGE : number * PAGE],
            count=len(rows),
            all=len(found),
            consensus=consensus,
            about=about,
            number=number,
            pages=pages,
            address=_addressing(about, consensus),
            node=lambda iri: local_path(served.base)(iri) or f"/#node={quote(iri, safe='')}",
            article=lambda name: urlsplit(terms.document(served.base, name)[1:-1]).path,
        )

    return [Route("/contradictions", shown)]


def found_in(folder: Path, *, consensus: bool) -> Sequence[Fact]:
    """Return the disputed facts of a graph, or those that several sources state; kept until it is built again."""
    with _READING:
        return _found_in(folder, consensus, stamp(folder))


@lru_cache(maxsize=4)
def _found_in(folder: Path, consensus: bool, _: Stamp | None) -> Sequence[Fact]:
    record = testimony.read(serving.graph(folder).store, disputed=not consensus)
    if consensus:
        return [_agreed(agreement, record) for agreement in agreements(record)]
    found = disputes(record.stances(), record.kinds, record.places)
    facts = [_disputed(dispute, record) for dispute in found]
    return sorted(facts, key=lambda f: (f.subject[1], f.relation, [name for _, name in f.objects], f.subject[0]))


def _disputed(dispute: Dispute, record: Record) -> Fact:
    several = len(dispute.objects) > 1
    named = (("asserts", dispute.asserts), ("denies", dispute.denies), ("hedges", dispute.hedges))
    sides = tuple(_side(name, record.of(stances), record, several) for name, stances in named if stances)
    told = [t for stances in (dispute.asserts, dispute.denies, dispute.hedges) for t in record.of(stances)]
    return Fact(
        _node(dispute.subject, record),
        local(dispute.relation),
        tuple(sorted((_node(node, record) for node in dispute.objects), key=lambda node: node[1])),
        sides,
        independent(told),
        len({t.document for t in told}),
    )


def _agreed(agreement: Agreement, record: Record) -> Fact:
    named = (("asserts", agreement.asserts), ("hedges", agreement.hedges))
    return Fact(
        _node(agreement.subject, record),
        local(agreement.relation),
        (_node(agreement.object, record),),
        tuple(_side(name, told, record, several=False) for name, told in named if told),
        agreement.sources,
        agreement.documents,
    )


def _side(name: str, told: Sequence[Testimony], record: Record, several: bool) -> Side:
    voices = tuple(
        Voice(
            t.speaker,
            t.document,
            t.date,
            t.words,
            t.stance.statement[1:-1],
            record.labels[t.stance.object] if several else "",
        )
        for t in told[:SIDE]
    )
    return Side(name, voices, max(0, len(told) - SIDE))


def _node(term: str, record: Record) -> tuple[str, str]:
    return term[1:-1], record.labels[term]


def _nodes(fact: Fact) -> set[str]:
    return {f"<{iri}>" for iri, _ in (fact.subject, *fact.objects)}


def _addressing(about: str, consensus: bool) -> Callable[..., str]:
    """Return what gives the address of another page, or another view, of the same."""

    def address(page: int = 1, view: bool = consensus) -> str:
        asked = {"view": "consensus" if view else "", "about": about, "page": str(page) if page > 1 else ""}
        told = urlencode({key: value for key, value in asked.items() if value})
        return f"/contradictions?{told}" if told else "/contradictions"

    return address


def _number(given: str) -> int:
    return max(1, int(given)) if given.isascii() and given.isdigit() and len(given) < 9 else 1
