"""Texts of articles on the page, and where they mention whom."""

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kg.model import Annotation, Entity, Mention
from kg.view.articles import Shelf, Source, mentions_of

News = tuple[Annotation, ...]
IRIS = ("urn:a", "urn:b", "urn:c")


def article(text: str, *spans: tuple[int, int, int], key: str = "d") -> Annotation:
    entities = tuple(Entity(f"e{n}", iri, "Person", ("Person", "Entity"), "x") for n, iri in enumerate(IRIS))
    mentions = tuple(
        Mention(f"m{n}", start, end, text[start:end], "name", f"e{who}") for n, (start, end, who) in enumerate(spans)
    )
    return Annotation(key, text, mentions, entities, (), ())


def found(annotation: Annotation) -> list[tuple[int, int, str]]:
    return list(mentions_of(annotation, IRIS))


def test_offsets_beyond_the_basic_plane_count_utf16_units() -> None:
    text = "\U0001f600 Ann met \U0001d538\u0301bo."
    spans = found(article(text, (2, 5, 0), (10, 14, 1)))
    units = text.encode("utf-16-le")
    assert [units[2 * start : 2 * end].decode("utf-16-le") for start, end, _ in spans] == ["Ann", "\U0001d538\u0301bo"]
    assert [iri for *_, iri in spans] == ["urn:a", "urn:b"]


def test_mentions_are_nested_or_apart() -> None:
    text = "the mayor of Calais spoke"
    assert found(article(text, (13, 19, 1), (0, 19, 0))) == [(0, 19, "urn:a"), (13, 19, "urn:b")]
    assert found(article(text, (4, 12, 1), (0, 9, 0))) == [(0, 9, "urn:a")]
    assert found(article(text, (0, 9, 1), (0, 9, 0))) == [(0, 9, "urn:a")]


def test_mentions_of_what_is_not_drawn_are_left_out() -> None:
    assert mentions_of(article("Ann", (0, 3, 0)), {"urn:b"}) == ()


@given(st.text(max_size=20), st.lists(st.tuples(st.integers(-1, 22), st.integers(-1, 22), st.integers(0, 2))))
def test_any_mentions_are_sorted_nested_and_inside(text: str, spans: list[tuple[int, int, int]]) -> None:
    made = found(article(text, *spans))
    size = len(text.encode("utf-16-le", "surrogatepass")) // 2
    assert all(0 <= start < end <= size for start, end, _ in made)
    assert made == sorted(made, key=lambda item: (item[0], -item[1]))
    for start, end, _ in made:
        assert not any(start < other < end < stop for other, stop, _ in made)
    assert sorted(made) == sorted(found(article(text, *spans[::-1])))


def shelved(annotations: list[Annotation], most: int) -> tuple[Source, ...]:
    shelf = Shelf(most)
    for annotation in annotations:
        shelf.add(annotation)
    return shelf.sources(IRIS)


def test_of_too_much_text_the_articles_that_state_most_are_kept(news: News) -> None:
    many = [replace(news[0], id=f"d{n}", triples=news[0].triples[:n]) for n in range(10)]
    size = len(news[0].text)
    for seed in range(5):
        random.Random(seed).shuffle(many)
        kept = [source.id for source in shelved(many, 3 * size + 10) if source.text is not None]
        assert kept == ["d7", "d8", "d9"]


@given(st.lists(st.integers(0, 12), max_size=8), st.randoms())
def test_which_texts_are_kept_does_not_depend_on_the_order(sizes: list[int], chance: random.Random) -> None:
    many = [article("x" * size, key=f"d{n}") for n, size in enumerate(sizes)]
    first = shelved(many, 20)
    chance.shuffle(many)
    assert shelved(many, 20) == first
    assert sum(len(source.text or "") for source in first) <= 20


def test_a_document_id_given_twice_has_no_text(news: News) -> None:
    sources = shelved([news[0], replace(news[0], text="other", triples=(), mentions=())], 10_000)
    assert [source.text for source in sources] == [None, None]


def test_title_and_address_stay_with_an_article_without_its_text(news: News) -> None:
    (source,) = shelved([news[0]], 10)
    assert (source.title, source.date, source.text) == ("Police clear camp at the docks", "2024-03-05", None)
