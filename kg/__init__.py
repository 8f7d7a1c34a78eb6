"""A knowledge graph of actors and places from news text: who did what to whom, where, when, and who says so.

>>> import kg
>>> annotation = kg.annotate("Police arrested Anna Novak in Calais on Friday.", date="2021-07-03")  # doctest: +SKIP
>>> report = kg.build(["articles/"], "graph/")  # doctest: +SKIP
>>> graph = kg.open("graph/")  # doctest: +SKIP

Names are imported on first use, so that `import kg` costs nothing.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.corpus.build import build, retract
    from kg.errors import KgError
    from kg.graph.knowledge import KnowledgeGraph, open  # noqa: A004 — kg.open, like gzip.open
    from kg.model import Annotation, Argument, Document, Entity, Mention, Predicate, Quote, Run, Triple
    from kg.pipeline import Annotator, annotate
    from kg.settings import Settings

__version__ = "0.1.0"

__all__ = [
    "Annotation",
    "Annotator",
    "Argument",
    "Document",
    "Entity",
    "KgError",
    "KnowledgeGraph",
    "Mention",
    "Predicate",
    "Quote",
    "Run",
    "Settings",
    "Triple",
    "annotate",
    "build",
    "open",
    "retract",
]

_HOME = {
    "Annotator": "kg.pipeline",
    "KgError": "kg.errors",
    "KnowledgeGraph": "kg.graph.knowledge",
    "Settings": "kg.settings",
    "annotate": "kg.pipeline",
    "build": "kg.corpus.build",
    "open": "kg.graph.knowledge",
    "retract": "kg.corpus.build",
}


def __getattr__(name: str) -> object:
    """Import a public name on first use (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOME.get(name, "kg.model")), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return [*__all__, "__version__"]
