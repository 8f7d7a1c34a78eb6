"""Annotations of pieces become one: offsets stay, ids are counted on, equal IRIs are one entity."""

from kg.extract.assemble import verify
from kg.extract.pieces import join
from kg.model import Annotation, Argument, Entity, Mention, Predicate, Quote, Triple

TEXT = "Ann met Jan. Jan left Lyon."


def part(names: dict[str, tuple[int, int]], said: str, start: int, end: int) -> Annotation:
    """An annotation of one sentence of TEXT: a triple between its two names, and a quotation by the first."""
    entities = tuple(
        Entity(f"e{n}", f"https://example.org/{name}", "Person", ("Person",), name) for n, name in enumerate(names, 1)
    )
    mentions = tuple(Mention(f"m{n}", s, e, TEXT[s:e], "name", f"e{n}") for n, (s, e) in enumerate(names.values(), 1))
    (one, two) = (Argument(m.text, m.start, m.end, m.entity) for m in mentions)
    at = TEXT.index(said)
    predicate = Predicate(said, said, None, False, at, at + len(said))
    triple = Triple("t1", one, predicate, two, (), False, "asserted", "e1", 0.9, start, end)
    quote = Quote(start, end, TEXT[start:end], "e1", True, id="q1")
    return Annotation("d", TEXT, mentions, entities, (triple,), (quote,), sentences=((start, end),))


def joined() -> Annotation:
    first = part({"Ann": (0, 3), "Jan": (8, 11)}, "met", 0, 12)
    second = part({"Jan": (13, 16), "Lyon": (22, 26)}, "left", 13, 27)
    return join([first, second])


def test_one_entity_for_equal_iris() -> None:
    assert [e.name for e in joined().entities] == ["Ann", "Jan", "Lyon"]
    assert [m.entity for m in joined().mentions] == ["e1", "e2", "e2", "e3"]


def test_ids_are_unique_and_refer() -> None:
    whole = joined()
    assert [t.id for t in whole.triples] == ["t1", "t2"]
    assert [q.id for q in whole.quotes] == ["q1", "q2"]
    assert [m.id for m in whole.mentions] == ["m1", "m2", "m3", "m4"]
    last = whole.triples[1]
    assert (last.subject.entity, last.object and last.object.entity, last.attribution) == ("e2", "e3", "e2")
    assert whole.quotes[1].speaker == "e2"


def test_offsets_stay() -> None:
    verify(joined())
    assert joined().sentences == ((0, 12), (13, 27))
