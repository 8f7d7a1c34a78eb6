"""Which profiles are one, whatever the order of the documents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.resolve import blocks
from kg.graph.resolve.clusters import Constraints, cluster
from kg.graph.resolve.pairs import compare, reasons
from kg.graph.resolve.profiles import Profile
from kg.graph.resolve.resolution import resolve
from tests.graph.resolve.profile import BASE, profile


def parts(*profiles: Profile, constraints: Constraints | None = None) -> list[list[str]]:
    return [[p.context.document for p in found.members] for found in cluster(profiles, constraints)]


def test_one_full_name_is_one_person_where_nothing_speaks_against_it() -> None:
    assert parts(profile("a", "François Guennoc"), profile("b", "Francois Guennoc")) == [["a", "b"]]


def test_namesakes_in_two_fields_are_two_people() -> None:
    mayor = [profile(d, "Daniel Cruz", roles="mayor", countries="PH") for d in ("a", "b")]
    player = [profile(d, "Daniel Cruz", roles="goalkeeper", countries="PH") for d in ("c", "d")]
    assert parts(*mayor, *player) == [["a", "b"], ["c", "d"]]


def test_who_says_little_joins_the_nearer_namesake_and_does_not_glue_the_two() -> None:
    mayor = profile("a", "Daniel Cruz", roles="mayor", company="rosa lim|iloilo union")
    player = profile("b", "Daniel Cruz", roles="goalkeeper")
    bare = profile("c", "Daniel Cruz", company="rosa lim|iloilo union")
    assert parts(mayor, player, bare) == [["a", "c"], ["b"]]


def test_a_surname_needs_company() -> None:
    full = profile("a", "Elena Vasquez", roles="minister", company="rosa lim", topic="dredg tender seabed")
    near = profile("b", "Vasquez", roles="minister", company="rosa lim", topic="dredg tender magistrat")
    far = profile("c", "Vasquez", topic="flood gauge")
    assert parts(full, near, far) == [["a", "b"], ["c"]]


def test_a_surname_does_not_glue_two_full_names() -> None:
    found = parts(
        *(
            profile(document, name, company="rosa lim|aldo conti", topic="dredg tender")
            for document, name in (("a", "Elena Vasquez"), ("b", "Marta Vasquez"), ("c", "Vasquez"))
        )
    )
    assert sorted(map(len, found)) == [1, 2]


def test_bodies_of_common_words_are_told_apart_by_country() -> None:
    spain = [profile(d, "Interior Ministry", "GovernmentBody", countries="ES") for d in ("a", "b")]
    morocco = [profile(d, "Ministry of the Interior", "GovernmentBody", countries="MA") for d in ("c", "d")]
    assert parts(*spain, *morocco) == [["a", "b"], ["c", "d"]]


def test_two_spellings_of_a_firm_in_one_document_are_one() -> None:
    both = [profile("a", "Carse Holdings", "Company"), profile("a", "Carse Holdings Ltd", "Company", entity="e2")]
    assert parts(*both) == [["a", "a"]]


def test_two_people_of_one_document_stay_two() -> None:
    assert parts(profile("a", "Arne Holt"), profile("a", "Arne Holt", entity="e2"), profile("b", "Arne Holt")) == [
        ["a", "b"],
        ["a"],
    ]


def test_people_decide() -> None:
    a, b = profile("a", "Daniel Cruz"), profile("b", "Daniel Cruz")
    assert parts(a, b, constraints=Constraints(other=frozenset([(a.key, b.key)]))) == [["a"], ["b"]]
    c = profile("c", "Danilo Krus")
    assert parts(a, c, constraints=Constraints(same=frozenset([(a.key, c.key)]))) == [["a", "c"]]


def test_a_pair_explains_itself_and_uses_nothing_but_the_pair() -> None:
    a = profile("a", "Daniel Cruz", roles="mayor")
    b = profile("b", "Daniel Cruz", roles="goalkeeper")
    found = reasons(a, b)
    assert found is not None
    assert "one is in politics, one in sport" in [reason.words for reason in found]
    pair = compare(a, b)
    assert pair is not None
    assert pair.score == pytest.approx(sum(reason.weight for reason in found))
    assert reasons(b, a) is not None
    assert {r.weight for r in reasons(b, a) or ()} == {r.weight for r in found}


def test_a_big_block_gives_few_pairs_and_the_same_clusters(monkeypatch: pytest.MonkeyPatch) -> None:
    mayors = [profile(f"m{n:03}", "Daniel Cruz", roles="mayor", countries="PH") for n in range(60)]
    players = [profile(f"p{n:03}", "Daniel Cruz", roles="goalkeeper", countries="PH") for n in range(60)]
    expected = parts(*mayors, *players)
    monkeypatch.setattr(blocks, "BIG", 50)
    assert sum(1 for _ in blocks.pairs([*mayors, *players])) < 200
    assert parts(*mayors, *players) == expected


PROFILES = st.lists(
    st.builds(
        profile,
        st.sampled_from("abcdefgh"),
        st.sampled_from(["Daniel Cruz", "D. Cruz", "Cruz", "Dan Cruz", "Daniel Cruz Jr.", "Maria Cruz"]),
        roles=st.sampled_from(["", "mayor", "goalkeeper", "minister"]),
        countries=st.sampled_from(["", "PH", "ES"]),
        company=st.sampled_from(["", "rosa lim", "rosa lim|aldo conti"]),
        topic=st.sampled_from(["", "dredg tender", "flood gauge"]),
    ),
    unique_by=lambda p: p.key,
    max_size=8,
)


@given(PROFILES.flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_the_order_of_the_documents_does_not_matter(orders: tuple[list[Profile], list[Profile]]) -> None:
    first, second = orders
    assert resolve(first, BASE) == resolve(second, BASE)


@given(PROFILES)
def test_each_profile_is_in_one_cluster_and_clusters_differ(profiles: list[Profile]) -> None:
    resolution = resolve(profiles, BASE)
    members = [p.key for _, found in resolution.clusters for p in found.members]
    assert sorted(members) == sorted(p.key for p in profiles)
    iris = [iri for iri, _ in resolution.clusters]
    assert len(set(iris)) == len(iris)
