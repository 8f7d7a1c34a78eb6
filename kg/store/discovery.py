"""Which store answers at an address, found out by asking it."""

import re
from urllib.parse import urlsplit, urlunsplit

from kg.errors import RefusedError, StoreError
from kg.store.connection import Connection, checked
from kg.store.external import JSON, ExternalStore
from kg.store.profiles import (
    ADDRESSES,
    GENERIC,
    PROFILES,
    Endpoints,
    Profile,
    base,
    by_header,
    by_place,
    endpoints,
    named,
)


def connect(url: str, profile: str | None = None) -> ExternalStore:
    """Return the store at `url`: its base address, or the one for queries, updates or graphs.

    `profile` is the name of one, if it is not to be found out.

    Raises:
        UsageError: the address is none, or holds a password; no profile has that name.
        StoreError: nothing that speaks SPARQL answers there.
    """
    chosen = named(profile) if profile else None
    first = Connection(checked(url), patient=False)
    found = chosen or recognised(first, url)
    places = generic(first, url) if found is GENERIC else endpoints(found, url)
    ExternalStore(found, places, first).rows("SELECT ?x { BIND(1 AS ?x) }")
    first.close()
    return ExternalStore(found, places, Connection(url))


def recognised(connection: Connection, url: str) -> Profile:
    """Return the profile of the store at `url`: by its headers, its address, or a page that only it has."""
    # OPTIONS: a GET at the address of a Graph Store may answer with all that it holds.
    answer = connection.ask("OPTIONS", url)
    if answer is not None:
        lines = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
        if found := by_header(lines):
            return found
    if found := by_place(url):
        return found
    for profile in PROFILES.values():
        if profile.page is not None:
            page, pattern = profile.page
            answer = connection.ask("GET", base(profile, url) + page)
            if answer is not None and answer.ok and re.search(pattern, answer.text[:10_000]):
                return profile
    return GENERIC


def generic(connection: Connection, url: str) -> Endpoints:
    """Return the endpoints of a store that is not known: `url` itself, or what lies beside or below it.

    An address that answers no query, but has one beside that does, is taken for that of its Graph Store.

    Raises:
        StoreError: none of them answers a query.
    """
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    beside = path.rpartition("/")[0]
    for candidate in dict.fromkeys([path, f"{path}/sparql", f"{path}/query", f"{beside}/sparql", f"{beside}/query"]):
        query = urlunsplit((parts.scheme, parts.netloc, candidate, "", ""))
        try:
            answer = connection.send("GET", f"{query}?query=ASK%7B%7D", headers={"Accept": JSON})
        except RefusedError:
            continue
        if b'"boolean"' in answer[:1000]:
            start, _, last = query.rpartition("/")
            update = f"{start}/update" if last == "query" else query
            below = candidate == path or candidate.startswith(f"{path}/")
            return Endpoints(query, update, None if below else url)
    raise StoreError(f"{url}: no store that answers a SPARQL query; is it running, and the address right? {ADDRESSES}")
