"""Writes articles.jsonl, three annotated articles in our own words: `python tests/graph/write_articles.py`.

Right of the waist no model is needed: these are what a perfect annotator would say. Phrases are found in the text, so
that no offset is counted by hand.
"""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.model import Annotation, Argument, Entity, Mention, Modality, Predicate, Quote, Role, Run, Triple
from kg.serial import to_json
from kg.settings import BASE

LINES = {
    "Person": ("Person", "Actor", "Entity"),
    "GovernmentBody": ("GovernmentBody", "Organization", "Actor", "Entity"),
    "SecurityForce": ("SecurityForce", "Organization", "Actor", "Entity"),
    "NGO": ("NGO", "Organization", "Actor", "Entity"),
    "Group": ("Group", "Actor", "Entity"),
    "Facility": ("Facility", "Place", "Entity"),
    "City": ("City", "Place", "Entity"),
    "Country": ("Country", "Place", "Entity"),
    "Event": ("Event", "Entity"),
    "Position": ("Position", "Entity"),
}
RUN = Run("0.1.0", "by-hand", "0" * 16, "f" * 16)


@dataclass
class Draft:
    """An annotation in the making."""

    id: str
    text: str
    entities: dict[str, Entity] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    triples: list[Triple] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)

    def entity(self, key: str, kind_of: str, name: str, *phrases: str, **more: object) -> None:
        """Add an entity that all occurrences of `phrases` mention."""
        identifier = f"e{len(self.entities) + 1}"
        entity = Entity(identifier, f"{BASE}entity/{key}", kind_of, LINES[kind_of], name)
        self.entities[key] = replace(entity, **more)  # type: ignore[arg-type]
        for phrase in phrases:
            for match in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", self.text):
                kind = "name" if phrase[0].isupper() and phrase.split()[0] not in ("The", "About") else "nominal"
                mention = Mention(f"m{len(self.mentions) + 1}", *match.span(), phrase, kind, identifier)  # type: ignore[arg-type]
                self.mentions.append(mention)

    def part(
        self,
        phrase: str,
        key: str | None = None,
        role: Role | None = None,
        value: str | None = None,
        triple: str | None = None,
        at: int = 0,
    ) -> Argument:
        """Return an argument; `at` is where the search for its words begins."""
        start = self.text.index(phrase, at)
        entity = None if key is None else self.entities[key].id
        return Argument(phrase, start, start + len(phrase), entity, role, value, triple)

    def say(
        self,
        sentence: int,
        subject: tuple[object, ...],
        words: str,
        patient: tuple[object, ...] | None,
        *further: tuple[object, ...],
        lemma: str | None = None,
        relation: str | None = None,
        inverse: bool = False,
        negated: bool = False,
        modality: Modality = "asserted",
        by: str | None = None,
        event: str | None = None,
    ) -> None:
        """Add a triple of the sentence with this number."""
        start, end = sentences(self.text)[sentence]
        parts = [self.part(*p, at=start) if p else None for p in (subject, patient or (), *further)]  # type: ignore[arg-type,misc]
        begin = self.text.find(words, start, end)
        place = (None, None) if begin < 0 else (begin, begin + len(words))
        self.triples.append(
            Triple(
                f"t{len(self.triples) + 1}",
                parts[0],  # type: ignore[arg-type]
                Predicate(words, lemma, relation, inverse, *place),
                parts[1],
                tuple(parts[2:]),  # type: ignore[arg-type]
                negated,
                modality,
                None if by is None else self.entities[by].id,
                0.9,
                start,
                end,
                "by-hand",
                None if event is None else self.entities[event].id,
            )
        )

    def quote(self, words: str, speaker: str, cue: str) -> None:
        """Add a direct quotation."""
        start = self.text.index(words)
        self.quotes.append(Quote(start, start + len(words), words, self.entities[speaker].id, True, cue))

    def done(self, title: str, date: str | None) -> Annotation:
        """Return the annotation."""
        return Annotation(
            self.id,
            self.text,
            tuple(sorted(self.mentions, key=lambda m: m.start)),
            tuple(self.entities.values()),
            tuple(self.triples),
            tuple(self.quotes),
            title=title,
            url=f"https://news.example/{self.id}",
            date=date,
            sentences=tuple(sentences(self.text)),
            run=RUN,
        )


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the lines of a text as its sentences."""
    return [match.span() for match in re.finditer(r"[^\n]+", text)]


def clearance() -> Annotation:
    """An order, a denial, a claim of others, a passive of giving, a plan."""
    draft = Draft(
        "harbour-1",
        "Ostend Police cleared a squatted warehouse in Ostend on Tuesday.\n"
        "Mayor Lena Brandt, head of the Harbour Council, said she had ordered the clearance.\n"
        "Brandt denied that Ostend Police had beaten Jan Maes.\n"
        "About 120 people lived in the warehouse, according to Open Door.\n"
        "The residents were offered beds by Open Door.\n"
        "Tom Peeters may travel to France.\n"
        "Jan Maes was born in Belgium.\n"
        "The weather in Ostend was mild.",
    )
    _common(draft)
    draft.entity("warehouse-11111111", "Facility", "squatted warehouse", "a squatted warehouse", "the warehouse")
    draft.entity("harbour-council-22222222", "GovernmentBody", "Harbour Council", "Harbour Council")
    draft.entity("clearance-33333333", "Event", "clearance", "the clearance")
    draft.entity("residents-44444444", "Group", "residents", "The residents", "About 120 people")
    draft.entity("mayor-55555555", "Position", "Mayor", "Mayor", position_in=draft.entities["geonames-2789786"].id)
    draft.say(
        0,
        ("Ostend Police", POLICE),
        "cleared",
        ("a squatted warehouse", "warehouse-11111111"),
        ("in Ostend", "geonames-2789786", "place"),
        ("on Tuesday", None, "time", "2023-05-02"),
        lemma="clear",
        relation="dismantled",
        event="clearance-33333333",
    )
    draft.say(1, ("Lena Brandt", BRANDT), "head of", ("Harbour Council", "harbour-council-22222222"), relation="heads")
    draft.say(
        1,
        ("she", BRANDT),
        "had ordered",
        ("the clearance", "clearance-33333333"),
        lemma="order",
        relation="ordered",
        by=BRANDT,
    )
    draft.say(
        2,
        ("Ostend Police", POLICE),
        "had beaten",
        ("Jan Maes", MAES),
        lemma="beat",
        relation="attacked",
        negated=True,
        by=BRANDT,
    )
    draft.say(
        2,
        ("Brandt", BRANDT),
        "denied",
        ("that Ostend Police had beaten Jan Maes", None, None, None, "t4"),
        lemma="deny",
        relation="denied",
    )
    draft.say(
        3,
        ("About 120 people", "residents-44444444"),
        "lived in",
        ("the warehouse", "warehouse-11111111", "place"),
        ("About 120", None, "quantity", "120"),
        relation="livesIn",
        by=DOOR,
    )
    draft.say(
        4,
        ("The residents", "residents-44444444"),
        "were offered by",
        ("Open Door", DOOR),
        ("beds", None, "theme"),
        lemma="offer",
        relation="provided",
        inverse=True,
    )
    draft.say(
        5, ("Tom Peeters", PEETERS), "may travel to", ("France", FRANCE), relation="travelledTo", modality="possible"
    )
    draft.say(6, ("Jan Maes", MAES), "was born in", ("Belgium", "geonames-2802361"), relation="bornIn")
    draft.say(7, ("The weather",), "was", ("mild",), lemma="be")
    return draft.done("Warehouse cleared in Ostend", "2023-05-04")


def answer() -> Annotation:
    """The claim that the other article denies, a country that acts, a symmetric relation, an open number."""
    draft = Draft(
        "harbour-2",
        "Ostend Police beat Jan Maes, Open Door said.\n"
        "France condemned the clearance.\n"
        "Tom Peeters met Lena Brandt in Ghent on 5 May.\n"
        '"We will not leave Ostend," said Peeters.\n'
        "More than 3,500 people signed a petition this month.\n"
        "The warehouse was demolished.",
    )
    _common(draft)
    draft.entity("geonames-2797656", "City", "Ghent", "Ghent", latitude=51.05, longitude=3.71667, country="BE")
    draft.entity("clearance-66666666", "Event", "clearance", "the clearance")
    draft.entity("people-77777777", "Group", "more than 3,500 people", "More than 3,500 people")
    draft.entity("warehouse-88888888", "Facility", "warehouse", "The warehouse")
    draft.say(0, ("Ostend Police", POLICE), "beat", ("Jan Maes", MAES), lemma="beat", relation="attacked", by=DOOR)
    draft.say(1, ("France", FRANCE), "condemned", ("the clearance", "clearance-66666666"), relation="criticised")
    draft.say(
        2,
        ("Tom Peeters", PEETERS),
        "met",
        ("Lena Brandt", BRANDT),
        ("Ghent", "geonames-2797656", "place"),
        ("on 5 May", None, "time", "2023-05-05"),
        relation="metWith",
    )
    draft.say(
        4,
        ("More than 3,500 people", "people-77777777"),
        "signed",
        ("a petition",),
        ("More than 3,500", None, "quantity", "3500/.."),
        ("this month", None, "time", "2023-05"),
        lemma="sign",
    )
    draft.say(5, ("The warehouse", "warehouse-88888888"), "was demolished", None, relation="destroyed", inverse=True)
    draft.quote('"We will not leave Ostend,"', PEETERS, "said")
    return draft.done("Charity accuses police", "2023-05-06")


def oddities() -> Annotation:
    """Characters that RDF, HTML or a terminal refuses, an id that is no name, no date, places in odd spellings."""
    draft = Draft(
        "odd/ü 3",
        'The <b>"Jo"\\ O\'Neil</b>\x00 \u202egroup\u202c visited OSTEND in the 1990s.\n'
        "\U0001f6a2 Open Door\u0085welcomed the back\\slash.",
    )
    draft.entity("jo-99999999", "NGO", '<b>"Jo"\\ O\'Neil</b>\x00 \u202egroup\u202c', '<b>"Jo"\\ O\'Neil</b>')
    draft.entity("geonames-2789786", "City", "OSTEND", "OSTEND", **OSTEND)
    draft.entity(DOOR, "NGO", "Open Door", "Open Door")
    draft.say(
        0,
        ('<b>"Jo"\\ O\'Neil</b>', "jo-99999999"),
        "visited",
        ("OSTEND", "geonames-2789786"),
        ("in the 1990s", None, "time", "1990-01-01/1999-12-31"),
        relation="visited",
    )
    draft.say(1, ("Open Door", DOOR), "welcomed", ("the back\\slash",), relation="supported")
    return draft.done('A "title"\n\t\x07with <i>marks</i>', None)


POLICE, BRANDT, MAES, DOOR = "ostend-police-aaaaaaaa", "lena-brandt-bbbbbbbb", "jan-maes-cccccccc", "open-door-dddddddd"
PEETERS, FRANCE = "tom-peeters-eeeeeeee", "geonames-3017382"
OSTEND: dict[str, object] = {
    "latitude": 51.21551,
    "longitude": 2.927,
    "country": "BE",
    "feature": "PPL",
    "same_as": ("https://sws.geonames.org/2789786/",),
    "confidence": 0.97,
}


def _common(draft: Draft) -> None:
    draft.entity(POLICE, "SecurityForce", "Ostend Police", "Ostend Police")
    draft.entity("geonames-2802361", "Country", "Belgium", "Belgium", country="BE", latitude=50.75, longitude=4.5)
    draft.entity("geonames-2789786", "City", "Ostend", "Ostend", **OSTEND, within=draft.entities["geonames-2802361"].id)
    draft.entity(BRANDT, "Person", "Lena Brandt", "Lena Brandt", "Brandt")
    draft.entity(MAES, "Person", "Jan Maes", "Jan Maes")
    draft.entity(DOOR, "NGO", "Open Door", "Open Door")
    draft.entity(PEETERS, "Person", "Tom Peeters", "Tom Peeters", "Peeters")
    draft.entity(FRANCE, "Country", "France", "France", country="FR", latitude=46.0, longitude=2.0)


if __name__ == "__main__":
    lines = [to_json(annotation) + "\n" for annotation in (clearance(), answer(), oddities())]
    (Path(__file__).parent / "articles.jsonl").write_text("".join(lines), encoding="utf-8")
