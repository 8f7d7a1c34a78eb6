"""RDF terms as N-Triples strings, the prefixes, and the IRIs of everything that is not an entity.

The graph is built from plain strings, "<https://…>" and '"text"^^<…>': they sort, hash and compare fast, an N-Quads
line is four of them, and neither rdflib nor a store is needed to make a million. IRIs are ASCII and hash-like,
one prefix per kind, since some stores keep "François" and "Fran%C3%A7ois" apart and others store escaped local names
with their backslashes.
"""

import hashlib
import re
from functools import cache

from kg.errors import UsageError
from kg.settings import BASE, ONTOLOGY

Fact = tuple[str, str, str]

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
PREFIXES = {
    "kg": ONTOLOGY,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": XSD,
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "wgs": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "geonames": "https://sws.geonames.org/",
}
KINDS = ("entity", "document", "statement", "quotation", "mention", "quantity", "run", "graph", "correction")

_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\\[\]]|[^\x00-\x7e]|%(?![0-9A-Fa-f]{2})')
_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,63}")


def prefixes(base: str = BASE) -> dict[str, str]:
    """Return prefix → namespace: the vocabularies, and one prefix per kind of node under `base`.

    >>> prefixes()["statement"]
    'https://w3id.org/actors-places/id/statement/'
    """
    return {**PREFIXES, **{kind: f"{base}{kind}/" for kind in KINDS}}


@cache
def name(curie: str) -> str:
    """Return the term of a prefixed name of a vocabulary.

    >>> name("kg:heads")
    '<https://w3id.org/actors-places/ontology#heads>'
    """
    prefix, _, local = curie.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


def iri(value: str) -> str:
    """Return the term of an IRI in ASCII: other characters, and those that no IRI may have, are percent-encoded.

    >>> iri("https://example.org/a é")
    '<https://example.org/a%20%C3%A9>'
    """
    before, mark, fragment = _NOT_IN_IRI.sub(_percent, value).partition("#")
    return f"<{before}{mark}{fragment.replace('#', '%23')}>"


def is_iri(value: str) -> bool:
    """Return whether `iri(value)` is an absolute IRI that a store takes.

    >>> is_iri("https://example.org/a b"), is_iri("a b"), is_iri("http://a:b/")
    (True, False, False)
    """
    from pyoxigraph import NamedNode

    try:
        NamedNode(iri(value)[1:-1])
    except ValueError:
        return False
    return True


def clean(text: str) -> str:
    r"""Return `text` with U+FFFD for what RDF or a store refuses: NUL, other control characters, lone surrogates.

    >>> clean("a\x00b\tc")
    'a\ufffdb\tc'
    """
    return _REFUSED.sub("\ufffd", text)


def check_base(base: str) -> None:
    """Make sure that names can be put behind a base.

    Raises:
        UsageError: they can't.
    """
    if not (is_iri(base) and base.isascii() and base.endswith("/")):
        raise UsageError(f"base {base!r}: give an http(s) IRI in ASCII that ends with /, such as {BASE}")


def text(value: str) -> str:
    r"""Return a plain literal.

    >>> print(text('the "Jungle"\n'))
    "the \"Jungle\"\n"
    """
    return f'"{clean(value).translate(_ESCAPES)}"'


def typed(value: str, datatype: str) -> str:
    """Return a literal of an XSD datatype.

    >>> typed("2021-06-26", "date")
    '"2021-06-26"^^<http://www.w3.org/2001/XMLSchema#date>'
    """
    return f'"{value}"^^<{XSD}{datatype}>'


def integer(value: int) -> str:
    """Return an xsd:integer: Oxigraph rewrites the derived types, so offsets are not xsd:nonNegativeInteger."""
    return typed(str(value), "integer")


def boolean(value: bool) -> str:
    """Return an xsd:boolean."""
    return typed("true" if value else "false", "boolean")


def decimal(value: float, places: int = 5) -> str:
    """Return an xsd:decimal, without exponent and without noise: Virtuoso's floats would turn .1 into .10000000149.

    >>> decimal(0.9), decimal(3500), decimal(-0.0)
    ('"0.9"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"3500.0"^^<http://www.w3.org/2001/XMLSchema#decimal>', \
'"0.0"^^<http://www.w3.org/2001/XMLSchema#decimal>')
    """
    digits = f"{value:.{places}f}".rstrip("0")
    digits = f"{digits}0" if digits.endswith(".") else digits
    return typed("0.0" if digits == "-0.0" else digits, "decimal")


def digest(*parts: object) -> str:
    """Return 16 hex digits that are equal for equal parts, in this order.

    >>> digest("d1", 4, None) == digest("d1", 4, None), digest("ab", "c") == digest("a", "bc")
    (True, False)
    """
    joined = "\x1f".join("\x1e" if part is None else str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def mint(base: str, kind: str, *parts: object) -> str:
    """Return the term of a node of `kind` that is named by a hash of `parts`.

    >>> mint("https://example.org/", "mention", "d1", 0, 5)
    '<https://example.org/mention/95d9474c1b417a7b>'
    """
    return f"<{base}{kind}/{digest(*parts)}>"


def document(base: str, identifier: str) -> str:
    """Return the term of a document, which is its named graph too: its id where that is a safe name, else a hash.

    >>> document("https://example.org/", "d17")
    '<https://example.org/document/d17>'
    >>> document("https://example.org/", "News 4/5")
    '<https://example.org/document/news-4-5-205f7d0991f02cf0>'
    """
    if _LOCAL.fullmatch(identifier):
        return f"<{base}document/{identifier}>"
    slug = re.sub(r"[^a-z0-9]+", "-", identifier.lower()).strip("-")[:40].strip("-")
    return f"<{base}document/{slug or 'x'}-{digest(identifier)}>"


def graph(base: str, kind: str) -> str:
    """Return the term of a named graph that is no document's: that of the entities, of the contradictions.

    >>> graph("https://example.org/", "entities")
    '<https://example.org/graph/entities>'
    """
    return f"<{base}graph/{kind}>"


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match.group().encode("utf-8", "replace"))


ONTOLOGY_GRAPH = f"<{ONTOLOGY.removesuffix('#')}>"
TYPE = name("rdf:type")
LABEL = name("rdfs:label")
