"""SHACL: what is wrong in a graph, and where."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kg import resources
from kg.errors import StoreError
from kg.graph import terms
from kg.graph.knowledge import KnowledgeGraph
from kg.graph.turtle import Shortener
from kg.store import oxigraph

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib import Literal as RdfLiteral
    from rdflib.term import IdentifiedNode, Node

Severity = Literal["violation", "warning", "info"]
SHACL = "http://www.w3.org/ns/shacl#"
_SEVERITIES: tuple[Severity, ...] = ("violation", "warning", "info")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that breaks a shape: which node, what it says or is called, in which document, and what is wrong."""

    severity: Severity
    node: str
    name: str
    document: str | None
    message: str
    value: str | None = None

    def __str__(self) -> str:
        """Return it on one line."""
        called = f" “{self.name}”" if self.name else ""
        where = f" (document {self.document})" if self.document else ""
        value = f": {self.value}" if self.value else ""
        return f"{self.node}{called}{where}: {self.message}{value}"


def validate(graph: KnowledgeGraph, shapes: str | Path | None = None) -> tuple[Finding, ...]:
    """Return what SHACL finds in a graph, violations first; `shapes` is a Turtle file instead of the one that ships.

    Raises:
        StoreError: the shapes can't be read.
    """
    import pyshacl
    import rdflib

    source = Path(shapes) if shapes is not None else resources.ontology() / "shapes.ttl"
    rules = rdflib.Graph()
    try:
        rules.parse(source, format="turtle")
    except (OSError, SyntaxError) as error:
        raise StoreError(f"{source}: not shapes that can be read: {error}") from error
    data = _union(graph)
    _, report, _ = pyshacl.validate(data, shacl_graph=rules, inplace=True, inference="none")
    short = Shortener(terms.prefixes(graph.base))
    found = {
        _finding(data, report, result, short) for result in report.subjects(rdflib.URIRef(f"{SHACL}resultSeverity"))
    }
    order = {severity: number for number, severity in enumerate(_SEVERITIES)}
    return tuple(sorted(found, key=lambda f: (order[f.severity], f.document or "", f.node, f.message, f.value or "")))


def count(findings: Sequence[Finding], severity: Severity) -> int:
    """Return how many findings have this severity."""
    return sum(finding.severity == severity for finding in findings)


def _union(graph: KnowledgeGraph) -> "Graph":
    """Return all triples in one rdflib graph in memory: pyshacl asks for one triple after the other."""
    import rdflib

    union = rdflib.Graph()
    known: dict[object, IdentifiedNode | RdfLiteral] = {}
    for quad in oxigraph.union(graph.store):
        s, p, o = (known.get(term) or known.setdefault(term, _rdflib(term)) for term in (quad[0], quad[1], quad[2]))
        union.add((s, p, o))
    return union


def _rdflib(term: object) -> "IdentifiedNode | RdfLiteral":
    """Return rdflib's term; to it a plain literal and one of xsd:string are two, to SHACL and RDF 1.1 one."""
    import pyoxigraph
    import rdflib

    if isinstance(term, pyoxigraph.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, pyoxigraph.Literal):
        kind = (
            None if term.language or term.datatype.value == f"{terms.XSD}string" else rdflib.URIRef(term.datatype.value)
        )
        return rdflib.Literal(term.value, lang=term.language, datatype=kind)
    return rdflib.Literal(str(term))  # a triple term of RDF 1.2: no shape speaks of it


def _finding(data: "Graph", report: "Graph", result: "Node", short: Shortener) -> Finding:
    from rdflib import RDFS, Literal, URIRef

    def of(name: str) -> "Node | None":
        return report.value(result, URIRef(f"{SHACL}{name}"))

    node, value = of("focusNode"), of("value")
    # Checks of many nodes at once have a class or property as their focus, and the node that is wrong as the value.
    if of("resultPath") is None and value is not None:
        node, value = value, None
    severity = str(of("resultSeverity")).rpartition("#")[2].lower()
    kg = terms.PREFIXES["kg"]
    name = data.value(node, RDFS.label) or data.value(node, URIRef(f"{kg}exact"))
    source = data.value(node, URIRef(f"{kg}inDocument"))
    document = None if source is None else data.value(source, URIRef(f"{terms.PREFIXES['dcterms']}identifier"))
    shown = None if value is None else str(value) if isinstance(value, Literal) else short(value.n3())
    return Finding(
        severity="warning" if severity == "warning" else "info" if severity == "info" else "violation",
        node=short(node.n3()) if isinstance(node, URIRef) else str(node),
        name="" if name is None else " ".join(str(name).split())[:80],
        document=None if document is None else str(document),
        message=str(of("resultMessage")),
        value=shown,
    )
