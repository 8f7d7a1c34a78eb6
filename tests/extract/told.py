"""Triples as lines that a person can read in a test table."""

from kg.model import Annotation, Argument, Triple


def told(annotation: Annotation) -> list[str]:
    """Return one line a triple: "camp | was cleared by | police [dismantled^]".

    In brackets: relation, "^" for inverse, "not", modality unless asserted, "by NAME" for who says so, "event NAME".
    """
    names = {e.id: e.name for e in annotation.entities}
    return [_line(triple, names) for triple in annotation.triples]


def _line(triple: Triple, names: dict[str, str]) -> str:
    parts = [triple.subject.text, triple.predicate.text, triple.object.text if triple.object else "-"]
    parts += [_argument(argument) for argument in triple.arguments]
    marks = [(triple.predicate.relation or "-") + ("^" if triple.predicate.inverse else "")]
    marks += ["not"] if triple.negated else []
    marks += [triple.modality] if triple.modality != "asserted" else []
    marks += [f"by {names[triple.attribution]}"] if triple.attribution else []
    marks += [f"event {names[triple.event]}"] if triple.event else []
    return f"{' | '.join(parts)} [{', '.join(marks)}]"


def _argument(argument: Argument) -> str:
    return f"{argument.text} ({argument.role})"
