"""From a parsed document to its annotation: the stages in their order, then ids and character offsets."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from kg import ontology
from kg.coref import clusters as coref
from kg.errors import OffsetError
from kg.extract import speech
from kg.extract.base import NOBODY, Fact, Phrase
from kg.extract.confidence import judge
from kg.extract.pieces import join
from kg.extract.quotes import find_quotes
from kg.extract.relations import Relations
from kg.extract.rules.quantities import find_quantities
from kg.extract.rules.run import run_rules
from kg.extract.rules.times import find_times
from kg.extract.scene import Scene, see
from kg.link import gazetteer, rank, toponyms
from kg.link.iri import entity_iri
from kg.link.peoples import peoples
from kg.model import Annotation, Argument, Document, Entity, Mention, MentionKind, Predicate, Quote, Run, Triple
from kg.naming import ENTITY
from kg.ontology import Ontology
from kg.parse import names
from kg.parse.repair import repair
from kg.parse.spans import Cluster, Link, Place
from kg.parse.tree import Tree
from kg.settings import Settings

GEONAMES = "https://sws.geonames.org/"


@dataclass(frozen=True, slots=True)
class Stages:
    """What the stages need beside the parse: the gazetteer, the ontology and its trigger words, the base of IRIs."""

    gazetteer: gazetteer.Gazetteer
    ontology: Ontology
    relations: Relations
    base: str

    @classmethod
    def load(cls, settings: Settings) -> "Stages":
        """Read what the settings name."""
        loaded = ontology.load(settings.ontology)
        return cls(gazetteer.load(), loaded, Relations(loaded), settings.base)


def annotate_pieces(document: Document, docs: Sequence[tuple[Doc, int]], stages: Stages, run: Run) -> Annotation:
    """Return the annotation of a document that was parsed in pieces, each with the character that it begins at."""
    parts = [_annotate(document, doc, start, stages, run) for doc, start in docs]
    whole = parts[0] if len(parts) == 1 else join(parts)
    verify(whole)
    return whole


def verify(annotation: Annotation) -> None:
    """Raise OffsetError when an item's text is not text[start:end].

    >>> from kg.model import Mention
    >>> verify(Annotation("d", "Calais", (Mention("m1", 0, 5, "Calais", "name", "e1"),), (), (), ()))
    Traceback (most recent call last):
        ...
    kg.errors.OffsetError: document d: 'Calais' is not text[0:5]
    """
    triples = annotation.triples
    arguments = [a for t in triples for a in (t.subject, t.object, *t.arguments) if a is not None]
    items: list[Mention | Quote | Argument | Predicate] = [
        *annotation.mentions,
        *annotation.quotes,
        *arguments,
        *(t.predicate for t in triples),
    ]
    for item in items:
        if item.start is not None and annotation.text[item.start : item.end] != item.text:
            raise OffsetError(f"{item.text!r} is not text[{item.start}:{item.end}]", document=annotation.id)


def look(document: Document, doc: Doc, stages: Stages) -> Scene:
    """Return the parsed document with all that is known before its triples: who, where, when, how many, who speaks."""
    tree = repair(Tree(doc))
    found = toponyms.correct(doc, names.find_names(doc, stages.gazetteer, tree), stages.gazetteer)
    links = rank.link(doc, found, stages.gazetteer, url=document.url)
    clusters = peoples(tree, coref.resolve(doc, found, links, tree), stages.gazetteer)
    quotations = find_quotes(doc)
    times = find_times(doc, document.date)
    scene = see(tree, clusters, times, find_quantities(doc, times), quotations, stages.relations)
    return speech.join_speakers(scene)


def extract(document: Document, doc: Doc, stages: Stages) -> tuple[Scene, tuple[Fact, ...]]:
    """Return the scene of a parsed document and its facts with their confidences, in the order of their triples."""
    scene, facts = run_rules(look(document, doc, stages))
    ordered = sorted(
        (speech.hedged(scene, f) for f in facts),
        key=lambda f: (f.anchor, f.subject.start, f.words, f.object.start if f.object else -1),
    )
    return scene, judge(scene, ordered)


def _annotate(document: Document, doc: Doc, start: int, stages: Stages, run: Run) -> Annotation:
    scene, facts = extract(document, doc, stages)
    return _Records(document, scene, start, stages).annotation(facts, run)


class _Records:
    """Gives ids and character offsets to what was found in one piece of a document."""

    def __init__(self, document: Document, scene: Scene, offset: int, stages: Stages) -> None:
        self.document, self.scene, self.offset, self.stages = document, scene, offset, stages
        order = sorted(range(len(scene.clusters)), key=lambda c: (scene.clusters[c].spans[0].start, c))
        self.ids = {cluster: f"e{n}" for n, cluster in enumerate(order, 1)}
        self.order = order

    def annotation(self, facts: Sequence[Fact], run: Run) -> Annotation:
        document, tree = self.document, self.scene.tree
        sentences = [tree.sentence(start) for start in tree.starts]
        return Annotation(
            document.id,
            document.text,
            self.mentions(),
            self.entities(),
            self.triples(facts),
            self.quotes(),
            title=document.title,
            url=document.url,
            date=document.date,
            language=document.language,
            sentences=tuple(span for s, e in sentences if (span := self._trimmed(s, e))),
            run=run,
        )

    def _trimmed(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the characters of tokens start..end without white space at the edges."""
        tree = self.scene.tree
        while start < end and tree.words[start].isspace():
            start += 1
        while end > start and tree.words[end - 1].isspace():
            end -= 1
        return (tree.start[start] + self.offset, tree.end[end - 1] + self.offset) if end > start else None

    def _slice(self, start: int, end: int) -> tuple[str, int, int]:
        """Return the text of tokens start..end as the document has it, and its character offsets."""
        tree = self.scene.tree
        s, e = tree.start[start] + self.offset, tree.end[end - 1] + self.offset
        return self.document.text[s:e], s, e

    def mentions(self) -> tuple[Mention, ...]:
        spans = sorted((s.start, s.end, s.kind, c) for c, found in enumerate(self.scene.clusters) for s in found.spans)
        rows = []
        for n, (start, end, kind, cluster) in enumerate(spans, 1):
            text, s, e = self._slice(start, end)
            rows.append(Mention(f"m{n}", s, e, text, kind, self.ids[cluster]))
        return tuple(rows)

    def entities(self) -> tuple[Entity, ...]:
        seen: Counter[str] = Counter()
        rows: list[Entity] = []
        at: dict[str, str] = {}
        for number in self.order:
            cluster = self.scene.clusters[number]
            kind: MentionKind = "name" if any(s.kind == "name" for s in cluster.spans) else "nominal"
            base, document = self.stages.base, self.document.id
            iri = entity_iri(base, document, cluster.name, cluster.type, kind, cluster.link)
            seen[iri] += 1
            if seen[iri] > 1:
                iri = entity_iri(base, document, cluster.name, cluster.type, kind, cluster.link, seen[iri] - 1)
            at.setdefault(iri, self.ids[number])
            rows.append(self._entity(number, cluster, iri))
        rows += self._containers(at)
        return tuple(replace(r, within=at.get(r.within, r.within)) if r.within else r for r in rows)

    def _containers(self, at: dict[str, str]) -> list[Entity]:
        """Return the places that contain the text's places and that it doesn't name, so that a region can be asked for.

        They have no mention. `at` maps IRIs to ids and gets theirs.
        """
        rows: list[Entity] = []
        for number in self.order:
            link = self.scene.clusters[number].link
            for place in self.stages.gazetteer.within(link.place) if link is not None else ():
                iri = entity_iri(self.stages.base, self.document.id, place.name, place.type, "name", Link(place, 1.0))
                if iri not in at:
                    at[iri] = f"e{len(self.order) + len(rows) + 1}"
                    types = self.stages.ontology.ancestors(place.type)
                    rows.append(self._placed(Entity(at[iri], iri, place.type, types, place.name), place))
        return rows

    def _entity(self, number: int, cluster: Cluster, iri: str) -> Entity:
        types = self.stages.ontology.ancestors(cluster.type)
        entity = Entity(self.ids[number], iri, cluster.type, types, cluster.name)
        within = self.scene.within.get(number)
        if within is not None:
            entity = replace(entity, position_in=self.ids[within])
        if cluster.link is None:
            return entity
        return replace(self._placed(entity, cluster.link.place), confidence=round(cluster.link.confidence, 3))

    def _placed(self, entity: Entity, place: Place) -> Entity:
        """Return the entity with what the gazetteer knows of its place."""
        parent = f"{self.stages.base}{ENTITY}{place.parents[0]}" if place.parents else None
        return replace(
            entity,
            same_as=(f"{GEONAMES}{place.geonames}/",) if place.geonames else (),
            latitude=place.latitude,
            longitude=place.longitude,
            country=place.country,
            feature=place.feature,
            within=parent,
        )

    def triples(self, facts: Sequence[Fact]) -> tuple[Triple, ...]:
        ids = {id(fact): f"t{n}" for n, fact in enumerate(facts, 1)}
        claims: dict[int, str] = {}
        for fact in facts:
            if fact.rule.startswith("clause"):
                for word in (fact.anchor, *fact.words):
                    claims.setdefault(word, ids[id(fact)])
        return tuple(self._triple(fact, ids[id(fact)], claims) for fact in facts)

    def _triple(self, fact: Fact, name: str, claims: dict[int, str]) -> Triple:
        begin, end = self.scene.tree.sentence(fact.anchor)
        sentence = self._trimmed(begin, end) or (self.offset, self.offset)
        speaker = speech.attribution(self.scene, fact)
        return Triple(
            name,
            self._argument(fact.subject, claims),
            self._predicate(fact),
            self._argument(fact.object, claims) if fact.object else None,
            tuple(self._argument(a, claims) for a in fact.arguments),
            fact.negated,
            fact.modality,
            self.ids[speaker] if speaker is not None else None,
            round(fact.confidence, 3),
            *sentence,
            rule=fact.rule,
            event=self.ids[fact.event] if fact.event is not None else None,
        )

    def _predicate(self, fact: Fact) -> Predicate:
        words = fact.words
        if fact.implied is not None or not words:
            return Predicate(fact.implied or "", fact.lemma, fact.relation, fact.inverse)
        if words[-1] - words[0] + 1 == len(words):
            text, start, end = self._slice(words[0], words[-1] + 1)
            return Predicate(text, fact.lemma, fact.relation, fact.inverse, start, end)
        return Predicate(self._spaced(words), fact.lemma, fact.relation, fact.inverse)

    def _spaced(self, words: Sequence[int]) -> str:
        """Return words that don't stand side by side, blanks between where the text has them or leaves words out."""
        tree, text = self.scene.tree, ""
        for n, i in enumerate(words):
            glued = n and words[n - 1] == i - 1 and tree.end[i - 1] == tree.start[i]
            text += ("" if not n or glued else " ") + self._slice(i, i + 1)[0]
        return text

    def _argument(self, phrase: Phrase, claims: dict[int, str]) -> Argument:
        text, start, end = self._slice(phrase.start, phrase.end)
        cluster = phrase.entity if phrase.entity is not None else self.scene.entity.get(phrase.head)
        entity = self.ids[cluster] if cluster is not None and cluster != NOBODY else None
        claim = claims.get(phrase.claim) if phrase.claim is not None else None
        return Argument(text, start, end, entity, phrase.role, phrase.value, claim)

    def quotes(self) -> tuple[Quote, ...]:
        rows = []
        for n, quotation in enumerate(self.scene.quotations, 1):
            speaker = self.scene.entity.get(quotation.speaker) if quotation.speaker is not None else None
            start, end = quotation.start + self.offset, quotation.end + self.offset
            cue = self._slice(*quotation.cue)[0] if quotation.cue else None
            by = self.ids[speaker] if speaker is not None else None
            rows.append(Quote(start, end, self.document.text[start:end], by, quotation.direct, cue, f"q{n}"))
        return tuple(rows)
