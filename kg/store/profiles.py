"""What each external store is like: its addresses, limits and habits, in one table.

A store is recognised by what it says of itself (the headers of any answer), by its host name or path, or by a page
that only it has; see `kg.store.discovery`. What the table says was tried against real servers for Oxigraph 0.5 and
Virtuoso 7.2; for the others it is what their makers document.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from kg.errors import UsageError


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where a store takes queries, updates and graphs.

    `graphs` is None where it has no Graph Store Protocol, `quads` where it takes no N-Quads.
    """

    query: str
    update: str
    graphs: str | None
    quads: str | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    r"""One product.

    query, update, graphs   what follows the base address; `graphs` None: everything is done by SPARQL Update
    quads    what follows where a POST of N-Quads adds to many graphs, all or nothing
    endings  other endings that people give, which are cut off to find the base address
    example  an address to show
    header   a pattern of a line "name: value" of its answers
    place    a pattern of its addresses
    page     a page below the base address and a pattern of what it says
    batch    the most triples of one request; 0: a graph of any size is sent as one
    atomic   a request is done wholly or not at all; else, and where a graph takes more requests than one, it is
             gathered in a staging graph and copied from there
    copies   it has COPY; else INSERT … WHERE does the same
    rows     the most rows of one answer
    default  it has a default graph that can be written to
    """

    name: str
    query: str
    update: str
    graphs: str | None
    example: str
    quads: str | None = None
    endings: tuple[str, ...] = ()
    header: str = ""
    place: str = ""
    page: tuple[str, str] | None = None
    batch: int = 0
    atomic: bool = True
    copies: bool = True
    rows: int = 100_000
    default: bool = True


OXIGRAPH = Profile(
    "oxigraph",
    query="/query",
    update="/update",
    graphs="/store",
    quads="/store",
    example="http://HOST:7878",
    header=r"server: oxigraph",
)
VIRTUOSO = Profile(
    "virtuoso",
    query="/sparql",
    update="/sparql-auth",
    graphs="/sparql-graph-crud-auth",
    endings=("/sparql-graph-crud",),
    example="http://HOST:8890",
    header=r"server: virtuoso",
    # Through the Graph Store Protocol more are taken; INSERT DATA ends at some thousands (SP030, SP031).
    batch=4_000,
    # A Turtle error at line 1,001 leaves 1,000 triples.
    atomic=False,
    # ResultSetMaxRows: longer answers are cut without a word.
    rows=10_000,
    default=False,
)
FUSEKI = Profile(
    "fuseki",
    query="/sparql",
    update="/update",
    graphs="/data",
    quads="/data",
    endings=("/query", "/get", "/upload"),
    example="http://HOST:3030/DATASET",
    header=r"(fuseki-request-id:|server: apache jena fuseki)",
)
GRAPHDB = Profile(
    "graphdb",
    query="",
    update="/statements",
    graphs="/rdf-graphs/service",
    quads="/statements",
    example="http://HOST:7200/repositories/NAME",
    header=r"server: .*graphdb",
    place=r"/repositories/[^/]+",
)
QLEVER = Profile(
    "qlever",
    query="",
    update="",
    graphs=None,
    example="http://HOST:7001",
    page=("?cmd=stats", r'"(name-index|git-hash-(index|server)|num-triples-normal)"'),
    batch=20_000,
    copies=False,
)
NEPTUNE = Profile(
    "neptune",
    query="/sparql",
    update="/sparql",
    graphs="/sparql/gsp/",
    example="https://CLUSTER.REGION.neptune.amazonaws.com:8182",
    endings=("/sparql/gsp",),
    place=r"^https?://[^/]+\.neptune\.amazonaws\.com(\.cn)?\b",
    page=("/status", r'"dbEngineVersion"'),
    # A request may hold 150 MB.
    batch=100_000,
)
GENERIC = Profile(
    "generic",
    query="",
    update="",
    graphs=None,
    example="http://HOST/sparql",
    batch=1_000,
    atomic=False,
    rows=1_000,
)
PROFILES = {profile.name: profile for profile in (OXIGRAPH, VIRTUOSO, FUSEKI, GRAPHDB, QLEVER, NEPTUNE, GENERIC)}
ADDRESSES = ", ".join(f"{profile.name} {profile.example}" for profile in PROFILES.values())


def named(name: str) -> Profile:
    """Return the profile with that name.

    Raises:
        UsageError: there is none.
    """
    if name not in PROFILES:
        raise UsageError(f"no profile {name!r}: the profiles are {', '.join(PROFILES)}")
    return PROFILES[name]


def by_header(lines: str) -> Profile | None:
    r"""Return whose server answers with such header lines; None: no server that is known.

    >>> by_header("content-length: 0\nserver: Oxigraph/0.5.13").name
    'oxigraph'
    >>> by_header("server: nginx")
    """
    found = (
        p for p in PROFILES.values() if p.header and re.search(rf"^{p.header}", lines, re.IGNORECASE | re.MULTILINE)
    )
    return next(found, None)


def by_place(url: str) -> Profile | None:
    """Return whose addresses look like `url`.

    >>> by_place("http://localhost:7200/repositories/news/statements").name
    'graphdb'
    """
    return next((p for p in PROFILES.values() if p.place and re.search(p.place, url)), None)


def base(profile: Profile, url: str) -> str:
    """Return the base address of a store, whichever of its addresses was given.

    >>> base(OXIGRAPH, "http://localhost:7878/store?default"), base(FUSEKI, "http://localhost:3030/news/")
    ('http://localhost:7878', 'http://localhost:3030/news')
    """
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    own = (profile.graphs, profile.update, profile.query, *profile.endings)
    for ending in sorted({ending.rstrip("/") for ending in own if ending}, key=len, reverse=True):
        if path.endswith(ending):
            path = path.removesuffix(ending)
            break
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))


def endpoints(profile: Profile, url: str) -> Endpoints:
    """Return the endpoints of a store of this kind, whichever of its addresses was given.

    >>> endpoints(GRAPHDB, "http://localhost:7200/repositories/news").graphs
    'http://localhost:7200/repositories/news/rdf-graphs/service'
    """
    start = base(profile, url)
    graphs, quads = (None if path is None else start + path for path in (profile.graphs, profile.quads))
    return Endpoints(start + profile.query, start + profile.update, graphs, quads)
