"""Comunica, a client in JavaScript that divides queries and asks with what it has found: the answers are kg.open's."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, QueryBoolean, QuerySolutions, QueryTriples

import kg
from kg.graph.terms import PREFIXES

from .conftest import Server

SCRIPT = Path(__file__).with_name("comunica.cjs")
DECLARED = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
QUERIES = [
    "SELECT ?name { ?actor a kg:Actor ; rdfs:label ?name }",
    "SELECT ?name (COUNT(?statement) AS ?n) { ?statement rdf:subject ?actor . ?actor rdfs:label ?name } GROUP BY ?name",
    "SELECT ?a ?b { ?s rdf:subject ?a ; rdf:object ?b . FILTER(?a != ?b) OPTIONAL { ?s kg:negated ?n } }",
    "SELECT DISTINCT ?type { ?entity a ?type } ORDER BY ?type LIMIT 5",
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
    "SELECT ?name { VALUES ?kind { kg:Person kg:Place } ?x a ?kind ; rdfs:label ?name }",
    "ASK { ?s a kg:Actor }",
    "ASK { ?s a <https://example.org/nothing> }",
    "CONSTRUCT { ?s rdfs:label ?name } WHERE { ?s a kg:Entity ; rdfs:label ?name }",
]


def _term(term: object) -> object:
    return [term.value, term.language or term.datatype.value] if isinstance(term, Literal) else str(term)


def _expected(folder: Path, query: str) -> Any:
    found = kg.open(folder).ask(query)
    if isinstance(found, QueryBoolean):
        return bool(found)
    if isinstance(found, QueryTriples):
        return [[_term(part) for part in triple] for triple in found]
    assert isinstance(found, QuerySolutions)
    names = [variable.value for variable in found.variables]
    return [{name: _term(row[name]) for name in names if row[name] is not None} for row in found]


def _sorted(answer: Any) -> Any:
    return sorted(answer, key=lambda row: json.dumps(row, sort_keys=True)) if isinstance(answer, list) else answer


def test_comunica_gets_the_same_answers(server: Server, npm: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed (Debian: apt-get install nodejs)")
    version = json.loads((npm / "@comunica" / "query-sparql" / "package.json").read_text(encoding="utf-8"))["version"]
    assert version.startswith("4.")
    asked = json.dumps([DECLARED + query for query in QUERIES])
    command = [node, str(SCRIPT), f"{server.url}/sparql"]
    environment = {"NODE_PATH": str(npm), "PATH": str(Path(node).parent)}
    done = subprocess.run(
        command, input=asked, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr[:2000]
    answers = json.loads(done.stdout)
    for query, answer in zip(QUERIES, answers, strict=True):
        expected = _expected(server.folder, query)
        assert expected == [] or expected is False or answer, query
        assert _sorted(answer) == _sorted(expected), query
