"""The pages of the graph's nodes at the paths of their IRIs: HTML for people, Turtle and JSON-LD for programs."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit

from pyoxigraph import Literal, NamedNode, Triple
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.graph import schema, terms
from kg.serve import answers, asked, forms, telling
from kg.serve.describing import Description, as_json, as_turtle, describe
from kg.serve.index import Index
from kg.serve.names import search
from kg.serve.served import Served
from kg.view.claims import words_of
from kg.view.content import safe_url

_JOINED = 24
_SUGGESTED = 6


def pages(served: Served, index: Index) -> list[Route]:
    """Return the routes of the nodes under the graph's base."""
    place = urlsplit(served.base).path

    def node(request: Request) -> Response:
        index.follow()
        rest, suffix = forms.split(request.scope["raw_path"].decode("latin-1").removeprefix(place))
        form = forms.wanted(suffix, request.query_params, request.headers)
        iri = served.base + rest
        page = _entity_page(served, index, request, iri) if form == "html" else None
        if page is not None:
            return _headed(page)
        found = describe(served.graph, iri) if terms.is_iri(iri) else None
        if found is None:
            return _missing(index, request, iri, form)
        return answered(found, form, served.base, lambda: _page(served, index, request, found))

    async def answer(request: Request) -> Response:
        return await run_in_threadpool(node, request)

    return [Route(f"{place}{{rest:path}}", answer)]


def answered(found: Description, form: str, base: str, page: Callable[[], Response]) -> Response:
    """Return a description in one of the forms."""
    if form == "html":
        return _headed(page())
    body = as_turtle(found, base) if form == "ttl" else as_json(found)
    media = forms.FORMS[form] + ("; charset=utf-8" if form == "ttl" else "")
    answer = Response(body.encode("utf-8", "replace"), headers={"Content-Type": media, "Kg-Left-Out": str(found.left)})
    return _headed(answer)


def _headed(answer: Response) -> Response:
    """Say that the answer depends on what the client likes, and may change with the graph."""
    answer.headers.update({**forms.VARY, "Cache-Control": "no-cache"})
    return answer


def local(base: str) -> telling.Path:
    """Return what gives the address, on this server, of a node under the base."""

    def path(iri: str) -> str | None:
        return urlsplit(iri).path if iri.startswith(base) else None

    return path


def _common(request: Request, iri: str) -> dict[str, Any]:
    """Return what every page of a node shows."""
    skip = asked.whole(request.query_params, "skip", 0, 10_000_000)
    return {"iri": iri, "path": urlsplit(iri).path, "skip": skip, "size": telling.PAGE}


def _entity_page(served: Served, index: Index, request: Request, iri: str) -> Response | None:
    """Return the page of an entity; None where there is none of that IRI."""
    path = local(served.base)
    common = _common(request, iri)
    with index.reading() as db:
        row = db.execute("SELECT n FROM entity WHERE iri = ?", (iri,)).fetchone()
        if row is None:
            return None
        about = telling.about(db, row[0])
        return answers.page(
            "entity.html",
            title=about["name"][:80],
            about=about,
            claims=telling.statements(db, "t.entity", row[0], common["skip"], path),
            joined=telling.joined(db, row[0], _JOINED, path),
            links=[link for link in about.get("links", ()) if safe_url(link)],
            names=telling.Names(db, path),
            documents=_document(served.base),
            **common,
        )


def _page(served: Served, index: Index, request: Request, found: Description) -> Response:
    """Return the page of an article, or of a node that is something else."""
    common = _common(request, found.iri)
    with index.reading() as db:
        identifier = next(iter(found.values("dcterms:identifier")), None)
        row = db.execute("SELECT n FROM document WHERE id = ?", (identifier,)).fetchone()
        if row is not None:
            about = telling.article(db, row[0], local(served.base))
            claims = telling.statements(db, "c.document", row[0], common["skip"], local(served.base))
            return answers.page("article.html", title=about["name"][:80], about=about, claims=claims, **common)
    title = next(iter(found.values("rdfs:label")), "") or urlsplit(found.iri).path.rpartition("/")[2]
    own = _rows(found.own, served.base, lambda triple: triple.object)
    into = _rows(found.into, served.base, lambda triple: triple.subject)
    return answers.page(
        "node.html", title=title[:200], kind=_kind(found), own=own, into=into, note=found.note, **common
    )


def _document(base: str) -> Callable[[str], str]:
    """Return what gives the address of a document by its id."""
    return lambda identifier: urlsplit(terms.document(base, identifier)[1:-1]).path


def _kind(found: Description) -> str:
    types = [iri.rpartition("#")[2] for iri in found.values("rdf:type") if iri.startswith(terms.PREFIXES["kg"])]
    return words_of(types[0]) if types else "node"


def _rows(triples: tuple[Triple, ...], base: str, end: Callable[[Triple], object]) -> list[dict[str, Any]]:
    """Return triples as rows of a table: property, its address, value, its address."""
    path = local(base)
    ontology = schema.ontology(None)
    known = {relation.iri: relation.label for relation in ontology.relations.values()}
    rows = []
    for triple in triples:
        predicate, value = triple.predicate.value, end(triple)
        name = re.split(r"[/#]", predicate)[-1]
        row: dict[str, Any] = {"name": known.get(predicate) or words_of(name), "property": _term(predicate)}
        if isinstance(value, NamedNode):
            there = path(value.value) or _term(value.value) or safe_url(value.value)
            row |= {"value": value.value, "link": there}
        else:
            row |= {"value": value.value if isinstance(value, Literal) else str(value), "link": None}
        rows.append(row)
    return rows


def _term(iri: str) -> str | None:
    """Return the address of a term of the ontology here."""
    ours = terms.PREFIXES["kg"]
    return f"{urlsplit(ours).path}#{quote(iri.removeprefix(ours))}" if iri.startswith(ours) else None


def _missing(index: Index, request: Request, iri: str, form: str) -> Response:
    """Return what says that the graph has no such node, with some that are called alike."""
    message = f"the graph has nothing at {iri[:300]}"
    if form != "html":
        raise HTTPException(404, message, forms.VARY)
    slug = re.sub(r"-[0-9a-f]{8,}$|\d+$", "", iri.rpartition("/")[2])
    words = " ".join(re.findall(r"\w+", slug))
    with index.reading() as db:
        found = search(db, words, _SUGGESTED) or [
            n for word in words.split() for n in search(db, word, 2)
        ][:_SUGGESTED]  # fmt: skip
        rows = [db.execute("SELECT name, type, iri FROM entity WHERE n = ?", (n,)).fetchone() for n in found]
    base = request.app.state.served.base
    like = [(name or kind, words_of(kind), there) for name, kind, iri in rows if (there := local(base)(iri))]
    answer = answers.page("missing.html", status=404, title="Nothing is here", message=message, like=like)
    answer.headers.update({**forms.VARY, "Cache-Control": "no-store"})
    return answer
