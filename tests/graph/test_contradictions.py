"""Which statements contradict each other, which don't, and that it depends on nothing but the statements."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.corpus.build import build as write
from kg.graph import schema, terms, testimony
from kg.graph.consensus import agreements, independent
from kg.graph.contradictions import CAP, Dispute, contradiction_facts, disputes, relation_kinds
from kg.graph.knowledge import KnowledgeGraph
from kg.graph.places import Places
from kg.graph.places import read as read_places
from kg.graph.scope import see
from kg.graph.stances import Attitude, Stance, stances
from kg.graph.validate import validate
from kg.model import Annotation, Argument, Entity, Modality, Predicate, Triple
from kg.settings import BASE, Settings

KINDS = relation_kinds(schema.ontology(None))
TYPES = {
    "Person": ("Person", "Actor", "Entity"),
    "Group": ("Group", "Actor", "Entity"),
    "City": ("City", "Place", "Entity"),
    "Country": ("Country", "Place", "Entity"),
    "Facility": ("Facility", "Place", "Entity"),
}
BELGIUM = Entity("belgium", "", "Country", TYPES["Country"], "Belgium", country="BE")
KNOWN = {
    "sailors": Entity("sailors", "", "Group", TYPES["Group"], "sailors"),
    "Belgium": BELGIUM,
    "France": replace(BELGIUM, id="france", name="France", country="FR"),
    "Ghent": Entity("ghent", "", "City", TYPES["City"], "Ghent", latitude=51.05, longitude=3.72, country="BE"),
    "Ledeberg": Entity("l", "", "City", TYPES["City"], "Ledeberg", latitude=51.04, longitude=3.74, country="BE"),
    "Ostend": Entity("ostend", "", "City", TYPES["City"], "Ostend", latitude=51.22, longitude=2.93, country="BE"),
    "Lille": Entity("lille", "", "City", TYPES["City"], "Lille", latitude=50.63, longitude=3.07, country="FR"),
    "hospital": Entity("hospital", "", "Facility", TYPES["Facility"], "hospital"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One claim of an article."""

    subject: str
    relation: str
    object: str
    negated: bool = False
    modality: Modality = "asserted"
    by: str | None = None
    when: str | None = None
    where: str | None = None
    inverse: bool = False


def article(name: str, *claims: Said, date: str | None = None) -> Annotation:
    """An article of one sentence for each claim."""
    text = ""
    found: dict[str, Entity] = {}
    triples: list[Triple] = []
    for number, claim in enumerate(claims):
        words = f"{name} {number}: {claim.subject} {claim.relation} {claim.object}."
        start = len(text)
        text = f"{text}{words}\n"
        for node in filter(None, (claim.subject, claim.object, claim.by, claim.where)):
            found[node] = entity(node)
        further = [Argument("then", role="time", value=claim.when)] if claim.when else []
        further += [Argument(claim.where, entity=found[claim.where].id, role="place")] if claim.where else []
        triples.append(
            Triple(
                f"t{number}",
                Argument(claim.subject, entity=found[claim.subject].id),
                Predicate(claim.relation, None, claim.relation, claim.inverse),
                Argument(claim.object, entity=found[claim.object].id),
                tuple(further),
                claim.negated,
                claim.modality,
                None if claim.by is None else found[claim.by].id,
                0.9,
                start,
                start + len(words),
            )
        )
    if "Ghent" in found or "Ostend" in found:
        found["Belgium"] = entity("Belgium")
    return Annotation(name, text, (), tuple(found.values()), tuple(triples), (), date=date)


def entity(node: str) -> Entity:
    """A person, unless it is one of the known places and groups; Belgian towns lie within Belgium."""
    known = KNOWN.get(node, Entity(node.lower(), "", "Person", TYPES["Person"], node))
    inside = "belgium" if node in ("Ghent", "Ostend") else None
    return replace(known, iri=f"{BASE}entity/{node.lower()}", within=inside)


def no(subject: str, relation: str, patient: str, by: str | None = None, when: str | None = None) -> Said:
    return Said(subject, relation, patient, negated=True, by=by, when=when)


def told(*articles: Annotation) -> list[Stance]:
    return [s for a in articles for s in stances(see(a, schema.ontology(None), Settings()))]


def places(*nodes: str) -> Places:
    """What the graph would know of these places."""
    facts = []
    for node in map(entity, nodes):
        term = terms.iri(node.iri)
        facts.append((term, terms.TYPE, terms.name(f"kg:{node.type}")))
        if node.within:
            facts.append((term, terms.name("kg:within"), terms.iri(f"{BASE}entity/{node.within}")))
        if node.country:
            facts.append((term, terms.name("kg:countryCode"), terms.text(node.country)))
        if node.latitude is not None and node.longitude is not None:
            facts.append((term, terms.name("wgs:lat"), terms.decimal(node.latitude)))
            facts.append((term, terms.name("wgs:long"), terms.decimal(node.longitude)))
    return read_places(facts)


ALL_PLACES = places(*KNOWN)


def count(*claims: Said) -> int:
    """How many pairs contradict each other when each claim stands in an article of its own."""
    rows = told(*(article(f"d{n}", claim) for n, claim in enumerate(claims)))
    return len(contradiction_facts(rows, KINDS, ALL_PLACES))


MET = Said("Maes", "metWith", "Vos")


@pytest.mark.parametrize(
    ("claims", "pairs"),
    [
        pytest.param([MET, no("Maes", "metWith", "Vos", by="Maes")], 1, id="asserted and denied"),
        pytest.param([MET, no("Vos", "metWith", "Maes")], 1, id="a symmetric relation from the other side"),
        pytest.param([Said("Maes", "accused", "Vos"), no("Vos", "accused", "Maes")], 0, id="from the other side"),
        pytest.param([MET, no("Maes", "metWith", "Karim")], 0, id="of another"),
        pytest.param([MET, replace(MET, modality="possible"), MET], 0, id="hedged"),
        pytest.param([no("Maes", "metWith", "Vos"), replace(MET, modality="intended")], 0, id="planned"),
        pytest.param([no("Maes", "metWith", "Vos"), replace(MET, modality="conditional")], 0, id="conditional"),
        pytest.param([Said("Maes", "spouseOf", "Vos"), no("Vos", "familyOf", "Maes")], 1, id="the wider is denied"),
        pytest.param([Said("Maes", "childOf", "Vos"), no("Vos", "familyOf", "Maes")], 1, id="wider and symmetric"),
        pytest.param([Said("Maes", "familyOf", "Vos"), no("Maes", "spouseOf", "Vos")], 0, id="the narrower is denied"),
        pytest.param([Said("Maes", "childOf", "Vos"), no("Maes", "spouseOf", "Vos")], 0, id="beside it"),
        pytest.param([Said("Vos", "arrested", "Maes", inverse=True), no("Maes", "arrested", "Vos")], 1, id="passive"),
        pytest.param([MET, MET, no("Maes", "metWith", "Vos"), no("Maes", "metWith", "Vos")], 4, id="all pairs"),
        pytest.param([replace(MET, when="2021"), no("Maes", "metWith", "Vos", when="2022-03")], 0, id="other times"),
        pytest.param([replace(MET, when="2021"), no("Maes", "metWith", "Vos", when="2021-03-04")], 1, id="same time"),
        pytest.param([replace(MET, when="2021-01-01/.."), no("Maes", "metWith", "Vos", when="2022")], 1, id="since"),
        pytest.param([replace(MET, when="../2020-12-31"), no("Maes", "metWith", "Vos", when="2022")], 0, id="until"),
        pytest.param([MET, no("Maes", "metWith", "Vos", when="2022-03")], 1, id="one time is not said"),
        pytest.param([replace(MET, where="Lille"), replace(MET, where="Ghent", negated=True)], 0, id="other places"),
        pytest.param([replace(MET, where="Belgium"), replace(MET, where="Ghent", negated=True)], 1, id="place within"),
        pytest.param([Said("Maes", "bornIn", "Ghent"), Said("Maes", "bornIn", "Ostend")], 1, id="two towns of birth"),
        pytest.param([Said("Maes", "bornIn", "Ghent"), Said("Maes", "bornIn", "Belgium")], 0, id="town and country"),
        pytest.param([Said("Maes", "bornIn", "Ghent"), Said("Maes", "bornIn", "France")], 1, id="another country"),
        pytest.param([Said("Maes", "bornIn", "Ghent"), Said("Maes", "bornIn", "Ledeberg")], 0, id="a suburb"),
        pytest.param([Said("Maes", "diedIn", "Ghent"), Said("Maes", "diedIn", "hospital")], 0, id="who knows where"),
        pytest.param([Said("Maes", "diedIn", "Ghent"), Said("Maes", "bornIn", "Lille")], 0, id="born here, died there"),
        pytest.param([Said("sailors", "diedIn", "Ghent"), Said("sailors", "diedIn", "Lille")], 0, id="a group"),
        pytest.param([Said("Maes", "livesIn", "Ghent"), Said("Maes", "livesIn", "Lille")], 0, id="not functional"),
        pytest.param(
            [Said("Maes", "bornIn", "Ghent"), replace(Said("Maes", "bornIn", "Lille"), modality="possible")],
            0,
            id="one is hedged",
        ),
    ],
)
def test_what_contradicts_what(claims: list[Said], pairs: int) -> None:
    assert count(*claims) == pairs


def test_one_source_does_not_contradict_itself() -> None:
    denial = no("Maes", "metWith", "Vos")
    assert contradiction_facts(told(article("d1", MET, denial)), KINDS, Places()) == []
    two = article("d1", replace(MET, by="Vos"), replace(denial, by="Maes"))
    assert len(contradiction_facts(told(two), KINDS, Places())) == 1
    assert len(disputes(told(two), KINDS, Places())) == 1
    born = article("d1", Said("Maes", "bornIn", "Ghent"), Said("Maes", "bornIn", "Lille"))
    assert contradiction_facts(told(born), KINDS, ALL_PLACES) == []
    assert disputes(told(born), KINDS, ALL_PLACES) == []


def test_a_pair_is_written_once_the_smaller_iri_first() -> None:
    facts = contradiction_facts(told(article("d1", MET), article("d2", replace(MET, negated=True))), KINDS, Places())
    assert [one < other for one, _, other in facts] == [True]


def test_of_very_many_pairs_each_statement_has_one_and_no_more_than_the_cap_are_written() -> None:
    yes = [article(f"y{n}", MET) for n in range(40)]
    denials = [article(f"n{n}", replace(MET, negated=True)) for n in range(30)]
    facts = contradiction_facts(told(*yes, *denials), KINDS, Places())
    assert len(facts) == CAP
    assert len({node for one, _, other in facts for node in (one, other)}) == 70
    (dispute,) = disputes(told(*denials, *yes), KINDS, Places())
    assert (len(dispute.asserts), len(dispute.denies)) == (40, 30)
    born = [article(f"{town}{n}", Said("Maes", "bornIn", town)) for n in range(20) for town in ("Ghent", "Lille")]
    assert len(contradiction_facts(told(*born), KINDS, ALL_PLACES)) == CAP


def _local(dispute: Dispute) -> tuple[str, str, list[str], int, int, int]:
    def end(term: str) -> str:
        return testimony.local(term)

    sides = len(dispute.asserts), len(dispute.denies), len(dispute.hedges)
    return end(dispute.subject), end(dispute.relation), [end(node) for node in dispute.objects], *sides


def test_a_dispute_has_all_that_take_part_and_nobody_else() -> None:
    rows = told(
        article("d1", replace(MET, when="2021"), replace(MET, when="2023")),
        article("d2", no("Maes", "metWith", "Vos", when="2021-05"), replace(MET, modality="possible")),
        article("d3", replace(MET, modality="possible", when="1999"), Said("Maes", "accused", "Vos")),
    )
    assert [_local(d) for d in disputes(rows, KINDS, Places())] == [("maes", "metWith", ["vos"], 1, 1, 1)]


def test_a_dispute_within_another_is_not_told_twice() -> None:
    married = Said("Maes", "spouseOf", "Vos")
    rows = told(article("d1", married), article("d2", no("Maes", "spouseOf", "Vos"), no("Maes", "familyOf", "Vos")))
    assert [_local(d) for d in disputes(rows, KINDS, Places())] == [("maes", "spouseOf", ["vos"], 1, 2, 0)]


def test_rivals_stand_together_and_what_agrees_with_both_stays_out() -> None:
    born = [Said("Maes", "bornIn", town) for town in ("Ghent", "Lille", "hospital")]
    doubt = Said("Maes", "bornIn", "Lille", modality="possible")
    rows = told(*(article(f"d{n}", claim) for n, claim in enumerate((*born, doubt))))
    assert [_local(d) for d in disputes(rows, KINDS, ALL_PLACES)] == [("maes", "bornIn", ["ghent", "lille"], 2, 0, 1)]


CLAIMS = st.builds(
    Said,
    st.sampled_from(["Maes", "Vos"]),
    st.sampled_from(["metWith", "spouseOf", "familyOf", "accused"]),
    st.sampled_from(["Karim", "Rossi"]),
    st.booleans(),
    st.sampled_from(["asserted", "possible", "intended"]),
    when=st.sampled_from([None, "2021", "2022"]),
)
BIRTHS = st.builds(Said, st.just("Maes"), st.just("bornIn"), st.sampled_from(["Ghent", "Lille", "Belgium"]))


@given(st.lists(CLAIMS | BIRTHS, max_size=12), st.randoms(use_true_random=False))
def test_the_order_does_not_matter(claims: list[Said], random: object) -> None:
    rows = told(*(article(f"d{n}", claim) for n, claim in enumerate(claims)))
    mixed = list(rows)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert contradiction_facts(rows, KINDS, ALL_PLACES) == contradiction_facts(mixed, KINDS, ALL_PLACES)
    assert disputes(rows, KINDS, ALL_PLACES) == disputes(mixed, KINDS, ALL_PLACES)


@given(st.lists(CLAIMS | BIRTHS, max_size=12))
def test_what_is_linked_is_disputed_and_the_other_way_round(claims: list[Said]) -> None:
    rows = told(*(article(f"d{n}", claim) for n, claim in enumerate(claims)))
    linked = {node for one, _, other in contradiction_facts(rows, KINDS, ALL_PLACES) for node in (one, other)}
    found = disputes(rows, KINDS, ALL_PLACES)
    assert linked == {s.statement for d in found for s in chain(d.asserts, d.denies)}


Build = Callable[[Iterable[Annotation]], KnowledgeGraph]


@pytest.fixture
def graph(tmp_path: Path) -> Build:
    """Builds articles in a folder and opens it."""

    def build(articles: Iterable[Annotation]) -> KnowledgeGraph:
        write(iter(articles), tmp_path / "out", Settings())
        return kg.open(tmp_path / "out")

    return build


def corpus() -> list[Annotation]:
    return [
        article("d1", MET, Said("Maes", "bornIn", "Ghent"), Said("Karim", "criticised", "Vos"), date="2021-06-01"),
        article("d2", no("Vos", "metWith", "Maes", by="Vos"), Said("Maes", "bornIn", "Lille"), date="2021-06-02"),
        article("d3", Said("Maes", "bornIn", "Belgium"), Said("Karim", "criticised", "Vos", by="Vos")),
        article("d4", replace(MET, modality="possible", where="Ghent"), Said("Maes", "livesIn", "Ghent")),
    ]


def test_a_graph_with_contradictions_has_them_in_a_graph_of_their_own_and_conforms(graph: Build) -> None:
    found = graph(corpus())
    asked = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?a kg:contradicts ?b } } GROUP BY ?g"
    # Ghent or Lille, Belgium or Lille, and the meeting.
    assert found.query(asked) == [{"g": f"{BASE}graph/contradictions", "n": 3}]
    assert validate(found) == ()


def test_the_folder_is_the_same_in_any_order(tmp_path: Path) -> None:
    write(corpus(), tmp_path / "one", Settings())
    write(reversed(corpus()), tmp_path / "other", Settings())
    for name in ("graph.ttl", "graph.nq"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "other" / name).read_bytes()
    text = (tmp_path / "one" / "graph.ttl").read_text(encoding="utf-8")
    section = text.partition("# == Statements that contradict each other ==\n\n")[2]
    lines = section.splitlines()
    assert all(re.fullmatch(r"statement:\w+ kg:contradicts statement:.* \.", line) for line in lines)
    assert section.count("statement:") == len(lines) + 3


def test_the_store_tells_the_same_disputes(graph: Build) -> None:
    record = testimony.read(graph(corpus()).store, disputed=True)
    fresh = disputes(told(*corpus()), KINDS, ALL_PLACES)
    assert disputes(record.stances(), record.kinds, record.places) == fresh
    assert [_local(d) for d in fresh] == [
        ("maes", "bornIn", ["belgium", "ghent", "lille"], 3, 0, 0),
        ("maes", "metWith", ["vos"], 1, 1, 1),
    ]


def test_the_question_names_both_sides(graph: Build) -> None:
    found = graph(corpus())
    rows = [(r["document"], r["deniedIn"], r["deniedBy"]) for r in found.query("contradictions", about="Vos")]
    assert rows == [("d1", "d2", "Vos")]
    both = [sorted((str(r["document"]), str(r["deniedIn"]))) for r in found.query("contradictions")]
    assert sorted(both) == [["d1", "d2"], ["d1", "d2"], ["d2", "d3"]]


def test_consensus_counts_sources(graph: Build) -> None:
    found = graph(corpus())
    (agreed,) = agreements(testimony.read(found.store, disputed=False))
    assert (testimony.local(agreed.relation), agreed.sources, agreed.documents, agreed.speakers) == (
        "criticised",
        2,
        2,
        1,
    )
    (row,) = found.query("consensus")
    assert (row["subject"], row["is"], row["object"]) == ("Karim", "criticised", "Vos")
    assert (row["sources"], row["documents"], row["denials"], row["hedges"]) == (2, 2, 0, 0)
    assert found.query("consensus", about="Maes") == []


def test_what_somebody_denies_is_no_consensus(graph: Build) -> None:
    married = [article(f"d{n}", Said("Maes", "spouseOf", "Vos"), MET) for n in range(2)]
    found = graph([*married, article("d3", no("Maes", "familyOf", "Vos"))])
    agreed = agreements(testimony.read(found.store, disputed=False))
    assert [testimony.local(a.relation) for a in agreed] == ["metWith"]
    (meeting, marriage) = found.query("consensus")
    assert (meeting["is"], marriage["is"], marriage["denials"]) == ("metWith", "spouseOf", 0)


def test_the_narrower_relation_counts_for_the_wider(graph: Build) -> None:
    found = graph([article("d1", Said("Maes", "spouseOf", "Vos")), article("d2", Said("Maes", "familyOf", "Vos"))])
    (agreed,) = agreements(testimony.read(found.store, disputed=False))
    assert (testimony.local(agreed.relation), agreed.sources) == ("familyOf", 2)


@pytest.mark.parametrize(
    ("said", "sources"),
    [
        ([("d1", "", "Police beat Maes."), ("d2", "", "Police beat Maes!")], 1),
        ([("d1", "", "Police beat Maes."), ("d2", "", "Maes was beaten by police.")], 2),
        ([("d1", "a", "A and B said so."), ("d1", "b", "A and B said so.")], 2),
        ([("d1", "a", "A, B: so."), ("d1", "b", "A, B: so."), ("d2", "a", "A, B: so."), ("d2", "b", "A, B: so.")], 2),
        ([("d1", "", "One."), ("d2", "", "One."), ("d2", "", "Two."), ("d3", "", "Two.")], 1),
        ([("d1", "a", "One."), ("d1", "a", "Two.")], 1),
        ([], 0),
    ],
)
def test_copies_of_a_dispatch_are_one_source(said: list[tuple[str, str, str]], sources: int) -> None:
    stance = Stance("", "", "", "", "asserts")
    rows = [testimony.Testimony(replace(stance, speaker=by), by, name, None, words) for name, by, words in said]
    assert independent(rows) == sources
    assert independent(reversed(rows)) == sources


def test_an_empty_graph_has_neither(graph: Build) -> None:
    found = graph(())
    assert found.query("SELECT ?g { GRAPH ?g { ?a kg:contradicts ?b } }") == []
    record = testimony.read(found.store, disputed=False)
    assert (agreements(record), disputes(record.stances(), record.kinds, record.places)) == ([], [])


def test_many_statements_of_one_fact_are_quick() -> None:
    # 4,000 denials against 4,000 claims of other years: 16 million pairs, of which some are looked at.
    stance = Stance("", "<a>", terms.name("kg:accused"), "<b>", "asserts")
    sides: tuple[tuple[Attitude, int], ...] = (("asserts", 2020), ("denies", 2021))
    rows = [
        replace(stance, statement=f"<{side}{n}>", attitude=side, begin=f"{year}-01-01", end=f"{year}-12-31")
        for side, year in sides
        for n in range(4000)
    ]
    assert contradiction_facts(rows, KINDS, Places()) == []
