"""What a notebook shows: the text as it is, its mentions and triples, rows with links; nothing that could run."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from pyoxigraph import Store

import kg
from kg.graph.knowledge import KnowledgeGraph
from kg.graph.rows import Rows
from kg.model import Annotation, Entity, Mention
from kg.view import notebook
from kg.view.palette import FAMILIES

VOID = {"br", "hr", "img", "meta", "link", "input"}


class Seen(HTMLParser):
    """Elements with their attributes and the text in them; complains of what is not closed."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.marked: list[tuple[str, str]] = []
        self.text = ""
        self.cells: list[list[str]] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "tr":
            self.cells.append([])
        if tag in ("td", "th"):
            self.cells[-1].append("")
        if tag == "mark":
            self.marked.append((str(dict(attributes)["class"]), ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" in self.open:
            return
        if "tr" in self.open:
            self.cells[-1][-1] += data
        if "mark" in self.open:
            self.marked[-1] = (self.marked[-1][0], self.marked[-1][1] + data)
        self.text += data

    @property
    def links(self) -> list[str | None]:
        return [attributes["href"] for tag, attributes in self.elements if tag == "a"]

    @property
    def rows(self) -> Iterator[list[str]]:
        return ([" ".join(cell.split()) for cell in row] for row in self.cells)


def test_an_annotation_shows_its_text_with_its_mentions(news: tuple[Annotation, ...]) -> None:
    harbour = news[0]
    seen = Seen(harbour._repr_html_())
    assert harbour.text in seen.text
    kinds = {entity.id: entity.types for entity in harbour.entities}
    expected = [
        (next(f"kg-m kg-{f.name}" for f in FAMILIES if f.root in kinds[mention.entity]), mention.text)
        for mention in sorted(harbour.mentions, key=lambda mention: mention.start)
    ]
    assert seen.marked == expected
    assert seen.links == ["https://example.org/news/docks"]


def test_an_annotation_shows_its_triples(news: tuple[Annotation, ...]) -> None:
    head, *rows = Seen(news[0]._repr_html_()).rows
    assert head == ["Subject", "Relation", "Object", "How it is said", "When", "Where"]
    assert len(rows) == len(news[0].triples) == 11
    assert rows[0] == ["Brenholm police", "dismantled", "Dockside camp", "", "2024-03-05", "Brenholm"]
    assert rows[3] == ["Brenholm police", "attacked", "families", "according to Élise Brandt", "", ""]
    assert rows[4][3] == "denied"
    assert rows[5][3] == "possible"
    # A passive is turned to the one who does it.
    assert rows[7][:3] == ["Ministry of Housing", "provided", "Harbour Aid"]


def test_who_denies_is_named(articles: tuple[Annotation, ...]) -> None:
    rows = [row for article in articles for row in Seen(article._repr_html_()).rows]
    assert ["Ostend Police", "attacked", "Jan Maes", "denied, according to Lena Brandt", "", ""] in rows


def test_nested_mentions_are_marked_each_once() -> None:
    text = "The mayor of Ghent left."
    people = ("Person", "Actor", "Entity"), ("City", "Place", "Entity")
    entities = tuple(
        Entity(key, f"https://example.org/{key}", kinds[0], kinds, key) for key, kinds in zip("ab", people, strict=True)
    )
    mentions = (Mention("m1", 0, 18, text[:18], "nominal", "a"), Mention("m2", 13, 18, "Ghent", "name", "b"))
    seen = Seen(Annotation("d", text, mentions, entities, (), ())._repr_html_())
    assert seen.marked == [("kg-m kg-person", "The mayor of"), ("kg-m kg-place", "Ghent")]
    assert text in seen.text


def test_long_articles_and_tables_are_cut(news: tuple[Annotation, ...]) -> None:
    long = replace(news[0], text=news[0].text + " \U0001f600<&" * 100_000, triples=news[0].triples * 1_000)
    html = long._repr_html_()
    assert len(html.encode()) <= notebook.MOST
    assert re.search(r"and [\d,]+ more characters", html)
    assert re.search(r"and [\d,]+ more triples", html)
    assert len(list(Seen(html).rows)) > 10


def test_rows_are_a_table_with_links() -> None:
    iri, other = "https://example.org/id/entity/1", "javascript:alert(1)"
    rows = Rows(
        [{"who": iri, "n": 3, "so": True, "x": None}, {"who": other, "n": 1.5, "so": False, "x": "<b>"}],
        ("who", "n", "so", "x"),
        {iri: "Ann"},
    )
    seen = Seen(rows._repr_html_())
    assert list(seen.rows) == [["who", "n", "so", "x"], ["Ann", "3", "yes", ""], [other, "1.5", "no", "<b>"]]
    assert seen.links == [iri]
    assert "2 rows" in rows._repr_html_()


def test_many_rows_are_cut_with_their_number() -> None:
    rows = Rows(({"n": number} for number in range(1_284)), ("n",))
    html = rows._repr_html_()
    assert "50 rows and 1,234 more" in html
    assert len(list(Seen(html).rows)) == 51
    wide = Rows([{str(column): "\U0001f600" * 1_000 for column in range(20)}] * 60)
    assert len(wide._repr_html_().encode()) <= notebook.MOST


def test_no_rows_say_so() -> None:
    assert "No rows." in Rows((), ("who",))._repr_html_()


def test_a_graph_shows_its_figures_and_what_to_ask(built: Path) -> None:
    graph = kg.open(built)
    html = graph._repr_html_()
    seen = Seen(html)
    assert re.findall(r"<b>([\d,]+)</b>", html) == ["3", "18", "17", "1"]
    example = re.search(r"<code><bdi>(graph\.query\(.*?\))</bdi>", html)
    assert example
    question, who = re.findall('"(.*?)"', unescape(example[1]))
    assert graph.query(question, actor=who)
    head, first, *_ = seen.rows
    assert head == ["Most connected", "Statements"]
    assert first[0] == who


def test_an_empty_graph_says_what_fills_it() -> None:
    html = KnowledgeGraph(Store())._repr_html_()
    assert "kg build" in html
    Seen(html)


@pytest.mark.parametrize(
    "bad", ["</style><script>alert(1)</script>", "\"' onload='x", "{{ 7*7 }}", "\x00\ud800\x1b", "\u202eabc"]
)
def test_whatever_stands_in_it_stays_text(bad: str) -> None:
    entity = Entity("e", "https://example.org/e", "Person", ("Person", "Actor", "Entity"), bad)
    mention = Mention("m", 0, len(bad), bad, "name", "e")
    found = Annotation(bad, bad, (mention,), (entity,), (), (), title=bad, url=bad, date=bad)
    pages = (found._repr_html_(), Rows([{bad: bad}], (bad,), {bad: bad})._repr_html_())
    for html in pages:
        html.encode()
        assert "\x00" not in html
        seen = Seen(html)
        assert {tag for tag, _ in seen.elements} <= {
            "div",
            "style",
            "h4",
            "p",
            "bdi",
            "mark",
            "span",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
        }
        assert {name for _, attributes in seen.elements for name in attributes} <= {"class", "title", "dir"}
        kept = re.sub("[\x00\x1b\ud800]", "\ufffd", bad)
        assert kept in seen.text


def test_equal_annotations_show_equally(news: tuple[Annotation, ...]) -> None:
    assert [a._repr_html_() for a in news] == [a._repr_html_() for a in news]


def test_no_style_fetches_anything(news: tuple[Annotation, ...]) -> None:
    (style,) = re.findall(r"<style>(.*?)</style>", news[0]._repr_html_(), re.DOTALL)
    assert not re.search(r"url\(|@import|@font-face|expression", style)
    # It holds for this piece alone.
    selectors = [part.strip() for rule in re.findall(r"([^{}]+)\{", style) for part in rule.split(",")]
    assert selectors
    assert [selector for selector in selectors if ".kg-nb" not in selector] == []
