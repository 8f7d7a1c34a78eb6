"""Write `articles.jsonl`: annotations made by hand for the tests of the page.

python tests/view/write_articles.py
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.model import Annotation, Argument, Entity, Mention, Modality, Predicate, Quote, Role, Triple
from kg.serial import to_json

SUPERCLASSES = {
    "Person": ("Person", "Actor", "Entity"),
    "Group": ("Group", "Actor", "Entity"),
    "Organization": ("Organization", "Actor", "Entity"),
    "GovernmentBody": ("GovernmentBody", "Organization", "Actor", "Entity"),
    "SecurityForce": ("SecurityForce", "Organization", "Actor", "Entity"),
    "NGO": ("NGO", "Organization", "Actor", "Entity"),
    "Company": ("Company", "Organization", "Actor", "Entity"),
    "City": ("City", "Place", "Entity"),
    "Country": ("Country", "Place", "Entity"),
    "Camp": ("Camp", "Facility", "Place", "Entity"),
    "Facility": ("Facility", "Place", "Entity"),
    "Water": ("Water", "Place", "Entity"),
    "Event": ("Event", "Entity"),
    "Position": ("Position", "Entity"),
}


def entity(key: str, kind: str, name: str, **more: object) -> Entity:
    return Entity(id=key, iri=f"https://example.org/id/{key}", type=kind, types=SUPERCLASSES[kind], name=name, **more)  # type: ignore[arg-type]


@dataclass
class Article:
    """Builds one annotation; phrases are given as text and found in the sentence that holds them."""

    id: str
    sentences: Sequence[str]
    entities: Sequence[Entity]
    title: str | None = None
    url: str | None = None
    date: str | None = None
    triples: list[Triple] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(self.sentences)

    def span(self, sentence: int) -> tuple[int, int]:
        start = sum(len(text) + 1 for text in self.sentences[:sentence])
        return start, start + len(self.sentences[sentence])

    def argument(
        self, sentence: int, text: str, key: str | None = None, role: Role | None = None, value: str | None = None
    ) -> Argument:
        start = self.text.index(text, self.span(sentence)[0])
        return Argument(text, start, start + len(text), key, role, value)

    def say(
        self,
        sentence: int,
        subject: tuple[str, str | None],
        predicate: str,
        patient: tuple[str, str | None] | None,
        *,
        relation: str | None = None,
        lemma: str | None = None,
        inverse: bool = False,
        negated: bool = False,
        modality: Modality = "asserted",
        attribution: str | None = None,
        event: str | None = None,
        role: Role | None = None,
        more: Sequence[tuple[str, str | None, Role, str | None]] = (),
    ) -> None:
        start, end = self.span(sentence)
        words = self.argument(sentence, predicate)
        self.triples.append(
            Triple(
                id=f"t{len(self.triples) + 1}",
                subject=self.argument(sentence, *subject),
                predicate=Predicate(
                    text=predicate,
                    start=words.start,
                    end=words.end,
                    lemma=lemma or predicate,
                    relation=relation,
                    inverse=inverse,
                ),
                object=None if patient is None else self.argument(sentence, *patient, role=role),
                arguments=tuple(self.argument(sentence, *item) for item in more),
                negated=negated,
                modality=modality,
                attribution=attribution,
                confidence=0.9,
                start=start,
                end=end,
                event=event,
            )
        )

    def mention(self, sentence: int, text: str, key: str) -> None:
        found = self.argument(sentence, text)
        assert found.start is not None and found.end is not None  # noqa: PT018
        self.mentions.append(Mention(f"m{len(self.mentions) + 1}", found.start, found.end, text, "name", key))

    def quote(self, sentence: int, text: str, speaker: str) -> None:
        found = self.argument(sentence, text)
        assert found.start is not None and found.end is not None  # noqa: PT018
        self.quotes.append(Quote(found.start, found.end, text, speaker, direct=True, cue="said"))

    def annotation(self) -> Annotation:
        return Annotation(
            id=self.id,
            text=self.text,
            mentions=tuple(self.mentions),
            entities=tuple(self.entities),
            triples=tuple(self.triples),
            quotes=tuple(self.quotes),
            title=self.title,
            url=self.url,
            date=self.date,
            sentences=tuple(self.span(number) for number in range(len(self.sentences))),
        )


MINISTER = entity("lund", "Person", "Astrid Lund")
MAYOR = entity("okafor", "Person", "Daniel Okafor")
POLICE = entity("police", "SecurityForce", "Brenholm police")
CAMP = entity("camp", "Camp", "Dockside camp")
TOWN = entity("brenholm", "City", "Brenholm", latitude=55.71, longitude=12.59, country="DK")
COUNTRY = entity("denmark", "Country", "Denmark", latitude=56.0, longitude=10.0, country="DK",
                 same_as=("https://sws.geonames.org/2623032/",))  # fmt: skip
CHARITY = entity("harbour", "NGO", "Harbour Aid")
FAMILIES = entity("families", "Group", "families")
CLEARANCE = entity("clearance", "Event", "clearance of the camp")
MINISTRY = entity("ministry", "GovernmentBody", "Ministry of Housing")
STRAIT = entity("strait", "Water", "Ore Strait")
HEAD = entity("head", "Position", "head of Harbour Aid")
PORT = entity("port", "Company", "Nordport")


def harbour() -> Annotation:
    """An eviction, told with every way of saying a thing: as a fact, by someone, planned, denied."""
    article = Article(
        "harbour",
        [
            "Police cleared the Dockside camp in Brenholm on Tuesday.",
            "Housing minister Astrid Lund ordered the clearance of the camp.",
            "Élise Brandt, who heads Harbour Aid, said the officers had attacked families.",
            "The police did not arrest the families.",
            "Mayor Daniel Okafor may visit Denmark’s capital and meet Astrid Lund.",
            "The charity was given 40 tents by the Ministry of Housing.",
            "Families crossed the Ore Strait to reach Denmark.",
            "“Nobody asked us where we would sleep,” Brandt said.",
            "Nordport owns the quay.",
        ],
        [MINISTER, MAYOR, POLICE, CAMP, TOWN, COUNTRY, CHARITY, FAMILIES, CLEARANCE, MINISTRY, STRAIT, PORT,
         entity("brandt", "Person", "Élise Brandt")],
        title="Police clear camp at the docks",
        url="https://example.org/news/docks",
        date="2024-03-05",
    )  # fmt: skip
    article.say(
        0, ("Police", "police"), "cleared", ("the Dockside camp", "camp"), relation="dismantled", lemma="clear",
        event="clearance",
        more=[("in Brenholm", "brenholm", "place", None), ("on Tuesday", None, "time", "2024-03-05")],
    )  # fmt: skip
    article.say(1, ("Astrid Lund", "lund"), "ordered", ("the clearance of the camp", "clearance"), relation="ordered")
    article.say(2, ("Élise Brandt", "brandt"), "heads", ("Harbour Aid", "harbour"), relation="heads")
    article.say(2, ("the officers", "police"), "had attacked", ("families", "families"), relation="attacked",
                lemma="attack", attribution="brandt")  # fmt: skip
    article.say(3, ("The police", "police"), "arrest", ("the families", "families"), relation="arrested", negated=True)
    article.say(4, ("Mayor Daniel Okafor", "okafor"), "meet", ("Astrid Lund", "lund"), relation="metWith",
                modality="possible")  # fmt: skip
    article.say(4, ("Mayor Daniel Okafor", "okafor"), "visit", ("Denmark’s capital", None), relation="visited",
                modality="possible")  # fmt: skip
    article.say(5, ("The charity", "harbour"), "was given", ("40 tents", None), relation="provided", lemma="give",
                inverse=True, role="theme",
                more=[("by the Ministry of Housing", "ministry", "agent", None)])  # fmt: skip
    article.say(6, ("Families", "families"), "crossed", ("the Ore Strait", "strait"), relation="crossed")
    article.say(
        6, ("Families", "families"), "reach", ("Denmark", "denmark"), relation="travelledTo", modality="intended"
    )
    article.say(8, ("Nordport", "port"), "owns", ("the quay", None), relation="owns")
    for sentence, text, key in [
        (0, "Police", "police"), (0, "Brenholm", "brenholm"), (1, "Astrid Lund", "lund"), (2, "Élise Brandt", "brandt"),
        (2, "Harbour Aid", "harbour"), (4, "Daniel Okafor", "okafor"), (7, "Brandt", "brandt"), (8, "Nordport", "port"),
    ]:  # fmt: skip
        article.mention(sentence, text, key)
    article.quote(7, "“Nobody asked us where we would sleep,”", "brandt")
    return article.annotation()


def council() -> Annotation:
    """A second article, about some of the same people."""
    article = Article(
        "council",
        [
            "Daniel Okafor leads Brenholm.",
            "Okafor criticised Astrid Lund over the clearance.",
            "Harbour Aid supported the mayor.",
            "Brenholm lies in Denmark.",
        ],
        [MAYOR, MINISTER, TOWN, COUNTRY, CHARITY],
        title="Mayor and minister at odds",
        url="https://example.org/news/odds",
        date="2024-03-07",
    )
    article.say(0, ("Daniel Okafor", "okafor"), "leads", ("Brenholm", "brenholm"), relation="heads", lemma="lead")
    article.say(1, ("Okafor", "okafor"), "criticised", ("Astrid Lund", "lund"), relation="criticised")
    article.say(2, ("Harbour Aid", "harbour"), "supported", ("the mayor", "okafor"), relation="supported")
    article.say(3, ("Brenholm", "brenholm"), "lies in", ("Denmark", "denmark"), relation="locatedIn", lemma="lie in")
    article.mention(0, "Daniel Okafor", "okafor")
    return article.annotation()


def hostile() -> Annotation:
    """Names, titles and addresses that would break a careless page."""
    bad = "</script><script>alert('x')</script><img src=x onerror=alert(1)>"
    article = Article(
        "</script>",
        [f'{bad} met {{{{ 7*7 }}}} {{% raw %}} \u202egnorw\u202c & \U0001f600 "Bo\'b" <b>.'],
        [
            entity("bad", "Person", bad),
            entity("braces", "Person", "{{ 7*7 }} {% raw %}", same_as=("javascript:alert(1)",)),
            entity("long", "City", "x" * 10_000),
            entity("empty", "City", ""),
        ],
        title=f"{bad}<!--",
        url="javascript:alert(1)",
        date="<b>soon</b>",
    )
    article.say(0, (bad, "bad"), "met", ("{{ 7*7 }} {% raw %}", "braces"), relation="metWith")
    article.say(0, ("\U0001f600", "long"), '"Bo\'b"', ("<b>", "empty"))
    return article.annotation()


def main() -> None:
    """Write the articles beside this script."""
    lines = [to_json(annotation) for annotation in (harbour(), council(), hostile())]
    Path(__file__).with_name("articles.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
