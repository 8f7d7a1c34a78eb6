"""A document as it was read becomes one as the graph has it."""

from dataclasses import dataclass, field

from kg.graph import schema
from kg.graph.corrections.apply import addition_statements, corrected
from kg.graph.corrections.plan import Plan
from kg.graph.resolve.resolution import renamed
from kg.model import Annotation
from kg.ontology import Ontology
from kg.settings import Settings


@dataclass(frozen=True, slots=True)
class Final:
    """Gives documents the IRIs of the corpus and what people decided; it can be sent to another process."""

    settings: Settings
    plan: Plan = field(default_factory=Plan)

    @property
    def ontology(self) -> Ontology:
        """The ontology of the settings."""
        return schema.ontology(self.settings.ontology)

    def __call__(self, annotation: Annotation, iris: dict[str, str]) -> Annotation:
        """Return the document as the graph has it; `iris` are those of its entities that resolving has changed."""
        return corrected(renamed(annotation, iris, self.settings.base), self.plan, self.ontology)

    def added(self, annotation: Annotation) -> dict[int, str]:
        """Return line of a correction → the statement that it adds to a document as the graph has it."""
        if annotation.id not in self.plan.added:
            return {}
        return addition_statements(annotation, self.plan, self.settings.base)
