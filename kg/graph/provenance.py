"""Who made the graph, out of what: the run, and whose data stand in it."""

from kg.graph import terms
from kg.graph.scope import run_term
from kg.graph.terms import Fact, name
from kg.model import Run

GEONAMES_NOTICE = (
    "Names, points and codes of places are data of GeoNames (https://www.geonames.org/), CC BY 4.0, changed by kg."
)
GEONAMES = "<https://www.geonames.org/>"
LICENCE = "<https://creativecommons.org/licenses/by/4.0/>"


def run_facts(base: str, run: Run) -> list[Fact]:
    """Return the graph of a run: version, model and settings, and no clock, so that equal runs are one."""
    node = run_term(base, run)
    facts = [(node, terms.TYPE, kind) for kind in (name("kg:Run"), name("prov:Activity"))]
    facts.append((node, terms.LABEL, terms.text(f"kg {run.version} with {run.model}")))
    told = (("version", run.version), ("model", run.model), ("modelHash", run.model_hash), ("settings", run.settings))
    facts.extend((node, name(f"kg:{key}"), terms.text(value)) for key, value in told if value)
    return facts


def source_facts(base: str) -> list[Fact]:
    """Return whose data the graph of entities holds: GeoNames asks to be named."""
    node = terms.graph(base, "entities")
    return [
        (node, terms.LABEL, terms.text("the entities of all documents")),
        (node, name("dcterms:source"), GEONAMES),
        (node, name("dcterms:license"), LICENCE),
        (node, name("dcterms:rights"), terms.text(GEONAMES_NOTICE)),
    ]
