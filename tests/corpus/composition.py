"""The graph of annotations as one process makes it in memory: what every engine must come to."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.graph import schema, terms
from kg.graph.contradictions import contradiction_facts, relation_kinds
from kg.graph.contribution import contribution, lines, quads
from kg.graph.corrections.records import Correction
from kg.graph.entities import Merged, entity_facts
from kg.graph.identity import Identities
from kg.graph.places import read
from kg.graph.provenance import run_facts, source_facts
from kg.graph.stances import Stance
from kg.graph.terms import Fact
from kg.model import Annotation
from kg.settings import Settings


def composed(
    annotations: Iterable[Annotation],
    settings: Settings | None = None,
    corrections: Sequence[Correction] = (),
    file: Path = Path("corrections.yaml"),
) -> list[str]:
    """Return the N-Quads of the graph, sorted."""
    settings = settings or Settings()
    given = list(annotations)
    ontology = schema.ontology(settings.ontology)
    identities = Identities(settings.base, ontology, corrections, file=file)
    for annotation in given:
        identities.learn(annotation)
    identities.settle()
    merged: dict[str, Merged] = {}
    stances: list[Stance] = []
    found: list[str] = []
    for annotation in given:
        one = contribution(identities.apply(annotation), ontology, settings)
        found.append(quads(one.triples, one.graph))
        stances += one.stances
        for iri, told in one.entities:
            merged.setdefault(iri, Merged()).add(told)
    classes = {name: terms.iri(kind.iri) for name, kind in ontology.classes.items()}
    sure = identities.confidence()
    entities = [fact for iri, m in merged.items() for fact in entity_facts(iri, m, classes, sure.get(iri))]
    others: dict[str, list[Fact]] = {
        terms.graph(settings.base, "entities"): [*entities, *source_facts(settings.base)],
        terms.graph(settings.base, "contradictions"): contradiction_facts(
            stances, relation_kinds(ontology), read(entities)
        ),
        terms.graph(settings.base, "corrections"): identities.decisions(),
        terms.ONTOLOGY_GRAPH: list(schema.facts(settings.ontology)),
    }
    for run in {a.run for a in given if a.run is not None}:
        facts = run_facts(settings.base, run)
        others[facts[0][0]] = facts
    found += [quads(lines(facts), graph) for graph, facts in others.items()]
    return sorted("".join(found).removesuffix("\n").split("\n"))
