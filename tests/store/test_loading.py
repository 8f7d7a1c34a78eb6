"""Loading into small servers that play each product, and its troubles."""

from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from kg.errors import StoreError
from kg.store import connection, journal, loading
from kg.store.discovery import connect
from kg.store.profiles import FUSEKI, GENERIC, OXIGRAPH, PROFILES, QLEVER, VIRTUOSO, Profile
from tests.store.graphs import BASE, document, load, store
from tests.store.server import Play, serving

ENTITIES = f"<{BASE}graph/entities>"


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = connection.RETRY.new(backoff_factor=0.001)
    monkeypatch.setattr(connection, "RETRY", quick)


def held(play: Play) -> set[str]:
    return {str(quad) for quad in play.store}


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda profile: profile.name)
def test_each_product_is_recognised_and_loaded(profile: Profile, tmp_path: Path) -> None:
    source = store(document(1), document(2, 3_000))
    play = Play(profile, rows=profile.rows)
    with serving(play) as url:
        target = connect(url)
        assert target.profile is profile
        loaded = load(source, target, tmp_path / "journal.jsonl")
        assert loaded.kinds == {"new": 2}
        assert loaded.outcome.triples == 3_040
        assert loaded.verified.differences == ()
        assert loaded.verified.triples == 3_040
        assert held(play) == {str(quad) for quad in source}
        writes = play.writes
        assert load(source, target, tmp_path / "journal.jsonl").kinds == {"same": 2}
        assert play.writes == writes, "loading twice sends nothing"


@pytest.mark.parametrize("profile", [OXIGRAPH, VIRTUOSO, QLEVER, GENERIC], ids=lambda profile: profile.name)
def test_only_what_changed_is_sent(profile: Profile, tmp_path: Path) -> None:
    file = tmp_path / "journal.jsonl"
    play = Play(profile)
    with serving(play) as url:
        target = connect(url)
        load(store(document(1), document(2), document(3)), target, file)
        loaded = load(store(document(1), document(2, word="denies"), document(4)), target, file)
        assert loaded.kinds == {"changed": 1, "gone": 1, "new": 1, "same": 1}
        assert loaded.outcome.triples == 80
        expected = store(document(1), document(2, word="denies"), document(4))
        assert held(play) == {str(quad) for quad in expected}


def test_what_was_not_loaded_from_here_is_left_alone(tmp_path: Path) -> None:
    play = Play(OXIGRAPH)
    play.store.extend(store(document(9)))
    with serving(play) as url:
        load(store(document(1)), connect(url), tmp_path / "a.jsonl")
        load(store(document(2)), connect(url), tmp_path / "b.jsonl")
        assert held(play) == {str(quad) for quad in store(document(1), document(2), document(9))}


def test_what_others_took_away_is_mended(tmp_path: Path) -> None:
    source, file = store(document(1), document(2)), tmp_path / "journal.jsonl"
    play = Play(FUSEKI)
    with serving(play) as url:
        target = connect(url)
        load(source, target, file)
        play.store.remove(next(play.store.quads_for_pattern(None, None, None, NamedNode(f"{BASE}document/d1"))))
        loaded = load(source, target, file)
        assert loaded.kinds == {"mended": 1, "same": 1}
        assert held(play) == {str(quad) for quad in source}
        file.unlink()
        assert load(source, target, file).kinds == {"new": 2}
        assert held(play) == {str(quad) for quad in source}


def test_a_shared_graph_is_added_to_and_never_taken_from(tmp_path: Path) -> None:
    def entity(name: str) -> str:
        return f'<{BASE}entity/{name}> <{BASE}label> "{name}" {ENTITIES} .\n'

    def shared(graph: str) -> bool:
        return not graph.startswith(f"{BASE}document/")

    play = Play(VIRTUOSO)
    with serving(play) as url:
        target = connect(url)
        load(store(document(1), entity("a")), target, tmp_path / "a.jsonl", shared=shared)
        load(store(document(2), entity("b")), target, tmp_path / "b.jsonl", shared=shared)
        loaded = load(store(document(1)), target, tmp_path / "a.jsonl", shared=shared)
        assert loaded.kinds == {"gone": 1, "same": 1}
        assert held(play) == {str(quad) for quad in store(document(1), document(2), entity("a"), entity("b"))}
        assert load(store(document(2), entity("b")), target, tmp_path / "b.jsonl", shared=shared).kinds == {"same": 2}
        replaced = load(store(document(2), entity("c")), target, tmp_path / "b.jsonl")
        assert replaced.verified.differences == ()
        assert held(play) == {str(quad) for quad in store(document(1), document(2), entity("c"))}


@pytest.mark.parametrize("profile", [OXIGRAPH, VIRTUOSO, QLEVER, GENERIC], ids=lambda profile: profile.name)
def test_a_store_that_is_busy_and_lines_that_break_are_borne(profile: Profile, tmp_path: Path) -> None:
    source = store(*(document(number) for number in range(6)), document(7, 5_000))
    play = Play(profile, busy=3, lost=frozenset({8, 9, 13, 20}), torn=frozenset({2, 3, 5, 9}))
    with serving(play) as url:
        loaded = load(source, connect(url), tmp_path / "journal.jsonl")
        assert loaded.verified.differences == ()
        assert held(play) == {str(quad) for quad in source}


def test_a_copy_that_was_not_made_is_made_again(tmp_path: Path) -> None:
    """The first write is the upload into the staging graph, and each that follows a copy."""
    source = store(document(1, word="denies"))
    for idle in ({2}, {2, 3}):
        play = Play(VIRTUOSO, rows=VIRTUOSO.rows)
        with serving(play) as url:
            load(store(document(1)), connect(url), tmp_path / f"journal{len(idle)}.jsonl")
            play.writes, play.idle = 0, frozenset(idle)
            loaded = load(source, connect(url), tmp_path / f"journal{len(idle)}.jsonl")
        assert (loaded.kinds, loaded.verified.differences, loaded.outcome.failed) == ({"changed": 1}, (), ())


def test_a_store_that_makes_no_copy_is_named(tmp_path: Path) -> None:
    play = Play(VIRTUOSO, rows=VIRTUOSO.rows, idle=frozenset({2, 3, 4, 5}))
    with serving(play) as url, pytest.raises(StoreError, match=r"0 of 40 triples are in .*: Copy -- done"):
        load(store(document(1)), connect(url), tmp_path / "journal.jsonl")


def test_a_store_that_stays_busy_is_named(tmp_path: Path) -> None:
    play = Play(OXIGRAPH)
    with serving(play) as url:
        target = connect(url)
        play.busy = 1_000
        with pytest.raises(StoreError, match=r"answers 503 .*busy \(tried 8 times\)"):
            load(store(document(1)), target, tmp_path / "journal.jsonl")


def test_a_graph_that_is_refused_does_not_end_the_load(tmp_path: Path) -> None:
    source, file = store(document(1), document(2), document(3)), tmp_path / "journal.jsonl"
    play = Play(OXIGRAPH, refused="document/d2")
    with serving(play) as url:
        target = connect(url)
        loaded = load(source, target, file)
        assert [graph for graph, _ in loaded.outcome.failed] == [f"{BASE}document/d2"]
        assert "I don't like this one" in loaded.outcome.failed[0][1]
        assert [difference.missing for difference in loaded.verified.differences] == [40]
        play.refused = ""
        assert load(source, target, file).kinds == {"new": 1, "same": 2}


def test_a_cut_answer_is_noticed() -> None:
    play = Play(OXIGRAPH, rows=30)
    play.store.extend(store(document(1)))
    with serving(play) as url, pytest.raises(StoreError, match="30 of 40 triples"):
        list(connect(url).triples(f"{BASE}document/d1"))


def test_pages_make_the_whole() -> None:
    play = Play(VIRTUOSO, rows=VIRTUOSO.rows)
    source = store(document(1, 25_000))
    play.store.extend(source)
    with serving(play) as url:
        assert {str(t) for t in connect(url).triples(f"{BASE}document/d1")} == {str(quad.triple) for quad in source}


@pytest.mark.parametrize("profile", [OXIGRAPH, VIRTUOSO, QLEVER], ids=lambda profile: profile.name)
def test_blank_nodes_stay_the_same_nodes(profile: Profile, tmp_path: Path) -> None:
    graph = f"<{BASE}graph/ontology>"
    ring = "".join(
        f'_:n{i} <{BASE}next> _:n{(i + 1) % 5} {graph} .\n_:n{i} <{BASE}i> "{i}" {graph} .\n' for i in range(5)
    )
    again = ring.replace("_:n", "_:other")
    play, file = Play(profile), tmp_path / "journal.jsonl"
    with serving(play) as url:
        target = connect(url)
        first = load(store(ring, document(1)), target, file)
        assert first.verified.differences == ()
        assert load(store(again, document(1)), target, file).kinds == {"same": 2}
        file.unlink()
        second = load(store(again, document(1)), target, file)
        assert second.verified.differences == ()
        assert len(play.store) == 50


def test_triples_without_a_named_graph_go_into_the_default_graph(tmp_path: Path) -> None:
    source = store(document(1), f"<{BASE}a> <{BASE}p> <{BASE}b> .\n")
    file = tmp_path / "journal.jsonl"
    play = Play(FUSEKI)
    with serving(play) as url:
        assert load(source, connect(url), file).kinds == {"new": 2}
        assert load(source, connect(url), file).kinds == {"same": 2}
        assert held(play) == {str(quad) for quad in source}
    with serving(Play(VIRTUOSO)) as url, pytest.raises(StoreError, match="virtuoso has no default graph"):
        load(source, connect(url), file)


def test_two_spellings_of_one_value_may_be_one(tmp_path: Path) -> None:
    number = "".join(
        f'<{BASE}a> <{BASE}p> "{value}"^^<http://www.w3.org/2001/XMLSchema#decimal> <{BASE}document/d1> .\n'
        for value in ("1.0", "1", "1.00", "2")
    )
    with serving(Play(OXIGRAPH)) as url:
        loaded = load(store(number), connect(url), tmp_path / "journal.jsonl")
        assert loaded.outcome.failed == ()
        assert loaded.verified.differences == ()


def test_a_graph_that_was_changed_by_others_is_found_by_verifying(tmp_path: Path) -> None:
    source = store(document(1), document(2))
    play = Play(OXIGRAPH)
    with serving(play) as url:
        target = connect(url)
        load(source, target, tmp_path / "journal.jsonl")
        play.store.remove_graph(NamedNode(f"{BASE}document/d2"))
        play.store.extend(store(document(2, word="denies")))
        (difference,) = load(source, target, tmp_path / "journal.jsonl").verified.differences
        assert difference.graph == f"{BASE}document/d2"
        assert difference.missing == difference.extra > 0
        assert "says" in difference.example


def test_one_load_at_a_time(tmp_path: Path) -> None:
    file = tmp_path / "loads" / "journal.jsonl"
    with journal.opened(file, "http://x"):
        second = journal.opened(file, "http://x")
        with pytest.raises(StoreError, match="another kg load"):
            second.__enter__()


def test_a_torn_journal_is_read(tmp_path: Path) -> None:
    file = tmp_path / "journal.jsonl"
    with journal.opened(file, "http://x") as opened:
        opened.begin(["urn:a", "urn:b"])
        opened.done("urn:a", "abc", 3)
    with file.open("a", encoding="utf-8") as lines:
        lines.write('{"graph": "urn:b", "dig')
    assert journal.read(file) == {"urn:a": journal.Held("abc", 3), "urn:b": journal.Held(None)}


def test_a_graph_that_was_begun_and_is_gone_is_dropped(tmp_path: Path) -> None:
    file = tmp_path / "journal.jsonl"
    play = Play(OXIGRAPH)
    with serving(play) as url:
        target = connect(url)
        with journal.opened(file, target.endpoints.query) as opened:
            opened.begin([f"{BASE}document/d1"])
        play.store.extend(store(document(1)))
        assert load(store(document(2)), target, file).kinds == {"gone": 1, "new": 1}
        assert held(play) == {str(quad) for quad in store(document(2))}


def test_a_plan_changes_nothing(tmp_path: Path) -> None:
    play = Play(VIRTUOSO)
    with serving(play) as url:
        items = loading.plan(store(document(1)), connect(url), {})
        assert [(item.kind, item.count, item.taken) for item in items] == [("new", 40, False)]
        assert play.writes == 0


def test_what_was_loaded_in_bulk_is_adopted(tmp_path: Path) -> None:
    source, file = store(document(1), document(2), document(3)), tmp_path / "journal.jsonl"
    play = Play(VIRTUOSO)
    play.store.extend(store(document(1), document(2, size=39)))
    with serving(play) as url:
        target = connect(url)
        with journal.opened(file, url) as opened:
            items = loading.plan(source, target, opened.held, adopt=True)
            assert [item.kind for item in items] == ["adopted", "new", "new"]
            assert loading.apply(items, source, target, opened).triples == 80
        assert load(source, target, file).kinds == {"same": 3}
        assert held(play) == {str(quad) for quad in source}
