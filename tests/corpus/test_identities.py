"""Identities in the ledger, brought up to date step by step, are those of all documents at once."""

from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.corpus.identities import settle
from kg.corpus.ledger import Ledger, Read
from kg.corpus.opening import passing, transaction
from kg.graph.resolve import blocks
from kg.graph.resolve.clusters import Constraints
from kg.graph.resolve.profiles import Key, Profile
from kg.graph.resolve.resolution import resolve
from tests.graph.resolve.profile import BASE, profile

NONE = Constraints()
NAMES = ["Daniel Cruz", "D. Cruz", "Cruz", "Dan Cruz", "Daniel Cruz Jr.", "Maria Cruz"]
BODIES = ["Carse Holdings", "Carse Holdings Ltd", "Carse", "Harbour Council"]


def put(ledger: Ledger, document: str, profiles: list[Profile]) -> None:
    ledger.put(Read(document, b"", document.encode(), "", None, b"{}", tuple(profiles)))


def found(ledger: Ledger) -> tuple[dict[Key, str], set[tuple[str, float | None, frozenset[Key]]]]:
    """The IRI of each profile, and each cluster with its score and members."""
    rows = ledger.db.execute(
        "SELECT d.id, p.entity, p.iri, c.iri, c.score, c.n FROM profile p JOIN document d ON d.n = p.document"
        " JOIN cluster c ON c.n = p.cluster ORDER BY c.n"
    ).fetchall()
    assert all(iri == cluster for _, _, iri, cluster, _, _ in rows)
    groups = [list(group) for _, group in groupby(rows, lambda row: row[5])]
    clusters = {(g[0][3], g[0][4], frozenset((d, e) for d, e, *_ in g)) for g in groups}
    return {(d, e): iri for d, e, iri, *_ in rows}, clusters


def expected(
    profiles: list[Profile], constraints: Constraints
) -> tuple[dict[Key, str], set[tuple[str, float | None, frozenset[Key]]]]:
    resolution = resolve(profiles, BASE, constraints)
    return (
        {p.key: iri for iri, c in resolution.clusters for p in c.members},
        {(iri, c.score, frozenset(p.key for p in c.members)) for iri, c in resolution.clusters},
    )


PROFILE = st.tuples(
    st.sampled_from(NAMES + BODIES),
    st.sampled_from(["", "mayor", "goalkeeper", "minister"]),
    st.sampled_from(["", "PH", "ES"]),
    st.sampled_from(["", "rosa lim", "rosa lim|aldo conti"]),
)
DOCUMENT = st.tuples(st.sampled_from("abcdefghij"), st.lists(PROFILE, max_size=3))
STEPS = st.lists(
    st.tuples(st.lists(DOCUMENT, max_size=4), st.lists(st.sampled_from("abcdefghij"), max_size=2)), max_size=5
)
PAIR = st.tuples(st.tuples(st.sampled_from("abcde"), st.just("e1")), st.tuples(st.sampled_from("fghij"), st.just("e1")))
RULES = st.builds(Constraints, st.frozensets(PAIR, max_size=1), st.frozensets(PAIR, max_size=1))


def profiles_of(document: str, rows: list[tuple[str, str, str, str]]) -> list[Profile]:
    return [
        profile(
            document,
            name,
            "Company" if name in BODIES else "Person",
            entity=f"e{n}",
            roles="" if name in BODIES else roles,
            countries=rows[0][2],
            company=rows[0][3],
        )
        for n, (name, roles, _, _) in enumerate(rows, start=1)
    ]


@pytest.mark.parametrize("big", [3, 300])
@settings(max_examples=150, deadline=None)
@given(steps=STEPS, rules=st.lists(RULES, min_size=5, max_size=5))
def test_steps_come_to_what_all_at_once_gives(
    big: int, steps: list[tuple[list[tuple[str, list[tuple[str, str, str, str]]]], list[str]]], rules: list[Constraints]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "BIG", big)
        now: dict[str, list[Profile]] = {}
        with passing() as ledger:
            ledger.base = BASE
            for (added, removed), constraints in zip(steps, rules, strict=False):
                for document, rows in added:
                    now[document] = profiles_of(document, rows)
                    put(ledger, document, now[document])
                for document in removed:
                    assert ledger.remove(document) == (now.pop(document, None) is not None)
                settle(ledger, constraints)
                everything = [p for found in now.values() for p in found]
                assert found(ledger) == expected(everything, constraints)


def test_only_documents_whose_iris_change_are_stale() -> None:
    with passing() as ledger:
        ledger.base = BASE
        with transaction(ledger):
            put(ledger, "b", [profile("b", "Daniel Cruz", roles="mayor", countries="PH")])
            put(ledger, "c", [profile("c", "Rosa Lim", roles="minister", countries="ES")])
            settle(ledger, NONE)
            ledger.db.execute("UPDATE document SET stale = 0")
        with transaction(ledger):
            put(ledger, "a", [profile("a", "Daniel Cruz", roles="goalkeeper", countries="ES")])
            settle(ledger, NONE)
            stale = [n for (n,) in ledger.db.execute("SELECT id FROM document WHERE stale ORDER BY id")]
        # "a" comes first and takes the plain name, so "b" gets another IRI; "c" has nothing to do with it.
        assert stale == ["a", "b"]
