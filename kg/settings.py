"""What a run can be told, and the fingerprint that names it."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

Plain = Literal["narrator", "own", "all"]

BASE = "https://w3id.org/actors-places/id/"
ONTOLOGY = "https://w3id.org/actors-places/ontology#"


@dataclass(frozen=True, slots=True)
class Settings:
    """Options that change what comes out.

    model:     spaCy pipeline by package name; `en_core_web_md` is an alias of the default package.
    base:      IRI under which entities, statements, mentions and documents get theirs.
    ontology:  path of a Turtle file with classes, relations and trigger words; None: the one that ships.
    plain:     whose claims become plain triples: the narrator's, also the speaker's own deeds, or all.
    """

    model: str = "en_core_web_md"
    base: str = BASE
    ontology: str | None = None
    plain: Plain = "own"

    def fingerprint(self) -> str:
        """16 hex digits that are equal for equal settings.

        >>> Settings().fingerprint() == Settings(model="en_core_web_md").fingerprint()
        True
        >>> Settings().fingerprint() == Settings(plain="all").fingerprint()
        False
        """
        told = asdict(self)
        if self.ontology is not None:
            # Not where the file lies but what it says changes what comes out.
            told["ontology"] = hashlib.sha256(Path(self.ontology).read_bytes()).hexdigest()
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]
