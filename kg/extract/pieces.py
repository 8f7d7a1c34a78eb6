"""Long texts are read in pieces: one annotation out of several."""

from collections.abc import Sequence
from dataclasses import replace

from kg.model import Annotation, Argument, Entity, Mention, Quote, Triple


def join(parts: Sequence[Annotation]) -> Annotation:
    """Return one annotation of the pieces of a text: entities of equal IRI become one, ids are counted on."""
    by_iri: dict[str, str] = {}
    entities: list[Entity] = []
    mentions: list[Mention] = []
    triples: list[Triple] = []
    quotes: list[Quote] = []
    for part in parts:
        for entity in part.entities:
            by_iri.setdefault(entity.iri, f"e{len(by_iri) + 1}")
        new = {e.id: by_iri[e.iri] for e in part.entities}
        known = {e.id for e in entities}
        for entity in part.entities:
            if new[entity.id] not in known:
                known.add(new[entity.id])
                entities.append(_entity(entity, new))
        first = len(mentions) + 1
        mentions += [replace(m, id=f"m{n}", entity=new[m.entity]) for n, m in enumerate(part.mentions, first)]
        ids = {t.id: f"t{n}" for n, t in enumerate(part.triples, len(triples) + 1)}
        triples += [_triple(t, new, ids) for t in part.triples]
        first = len(quotes) + 1
        quotes += [replace(q, id=f"q{n}", speaker=new.get(q.speaker or "")) for n, q in enumerate(part.quotes, first)]
    return replace(
        parts[0],
        mentions=tuple(mentions),
        entities=tuple(entities),
        triples=tuple(triples),
        quotes=tuple(quotes),
        sentences=tuple(s for part in parts for s in part.sentences),
    )


def _entity(entity: Entity, new: dict[str, str]) -> Entity:
    within = new.get(entity.within, entity.within) if entity.within else None
    held = new.get(entity.position_in, entity.position_in) if entity.position_in else None
    return replace(entity, id=new[entity.id], within=within, position_in=held)


def _triple(triple: Triple, new: dict[str, str], ids: dict[str, str]) -> Triple:
    def moved(argument: Argument) -> Argument:
        return replace(
            argument,
            entity=new[argument.entity] if argument.entity else None,
            triple=ids[argument.triple] if argument.triple else None,
        )

    return replace(
        triple,
        id=ids[triple.id],
        subject=moved(triple.subject),
        object=moved(triple.object) if triple.object else None,
        arguments=tuple(moved(a) for a in triple.arguments),
        attribution=new[triple.attribution] if triple.attribution else None,
        event=new[triple.event] if triple.event else None,
    )
