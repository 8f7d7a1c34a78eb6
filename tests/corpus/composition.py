"""The graph of annotations as one process makes it in memory: what every engine must come to."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.graph import schema, terms
from kg.graph.contradictions import contradiction_facts, relation_kinds
from kg.graph.contribution import contribution, lines, quads
from kg.graph.corrections.apply import addition_statements, corrected, decision_facts
from kg.graph.corrections.directory import Directory
from kg.graph.corrections.plan import Planner, constraints
from kg.graph.corrections.records import Correction
from kg.graph.entities import Merged, entity_facts
from kg.graph.places import read
from kg.graph.provenance import run_facts, source_facts
from kg.graph.resolve.pairs import probability
from kg.graph.resolve.profiles import profiles
from kg.graph.resolve.resolution import resolve
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
    base = settings.base
    directory = Directory(corrections)
    for annotation in given:
        directory.see(annotation)
    rules = constraints(corrections, directory, file)
    resolution = resolve([profile for annotation in given for profile in profiles(annotation)], base, rules)
    clusters = {iri for iri, _ in resolution.clusters}
    planner = Planner(directory, resolution.iris.get, clusters.__contains__, ontology, lambda _: (), base, file)
    plan = planner.plan(corrections)
    added: dict[int, str] = {}
    merged: dict[str, Merged] = {}
    stances: list[Stance] = []
    found: list[str] = []
    for annotation in given:
        final = corrected(resolution.apply(annotation), plan, ontology)
        added |= addition_statements(final, plan, base)
        one = contribution(final, ontology, settings)
        found.append(quads(one.triples, one.graph))
        stances += one.stances
        for iri, told in one.entities:
            merged.setdefault(iri, Merged()).add(told)
    classes = {name: terms.iri(kind.iri) for name, kind in ontology.classes.items()}
    sure: dict[str, float] = {}
    for iri, cluster in resolution.clusters:
        if cluster.score is not None:
            last = plan.final(iri)
            sure[last] = min(probability(cluster.score), sure.get(last, 1.0))
    entities = [fact for iri, m in merged.items() for fact in entity_facts(iri, m, classes, sure.get(iri))]
    others: dict[str, list[Fact]] = {
        terms.graph(base, "entities"): [*entities, *source_facts(base)],
        terms.graph(base, "contradictions"): contradiction_facts(stances, relation_kinds(ontology), read(entities)),
        terms.graph(base, "corrections"): decision_facts(plan, base, added),
        terms.ONTOLOGY_GRAPH: list(schema.facts(settings.ontology)),
    }
    for run in {a.run for a in given if a.run is not None}:
        facts = run_facts(base, run)
        others[facts[0][0]] = facts
    found += [quads(lines(facts), graph) for graph, facts in others.items()]
    return sorted("".join(found).removesuffix("\n").split("\n"))
