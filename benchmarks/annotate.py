"""What annotating costs beside parsing: `kg annotate` against `for doc in nlp.pipe(texts)`, in words per CPU second.

    python benchmarks/annotate.py [--texts FILE.jsonl] [--words 50000] [--repeat 2] [--model NAME]

Each side runs in a process of its own, one after the other, and counts the CPU seconds of all its threads from the
moment that everything is loaded: for kg that is reading the JSON lines, annotating and writing JSON lines; for spaCy
the loop over `nlp.pipe` of the unaltered pipeline. The best of the repeats is taken. Without `--texts` the texts are
made of the paragraphs of the seed articles, mixed by a fixed seed. Exit status 1 when kg reaches less than `--bar` of
spaCy.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARAGRAPHS = 8


def made_texts(words: int) -> Iterator[str]:
    """Yield articles of the paragraphs of all seeds, mixed, until there are `words` words."""
    from kg.model import Document
    from kg.read import read

    documents = [item for item in read([ROOT / "seeds"]) if isinstance(item, Document)]
    paragraphs = [part for document in documents for part in document.text.split("\n\n") if part.strip()]
    mixed = random.Random(17)  # noqa: S311 — a fixed mixture is what is wanted
    count = 0
    while count < words:
        text = "\n\n".join(mixed.sample(paragraphs, min(PARAGRAPHS, len(paragraphs))))
        count += len(text.split())
        yield text


def given_texts(path: Path, words: int) -> Iterator[str]:
    """Yield the texts of a JSON lines file, from the start again until there are `words` words."""
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    count = 0
    while count < words:
        for text in texts:
            if count >= words:
                break
            count += len(text.split())
            yield text


def parse_only(texts: Path, model: str) -> float:
    """CPU seconds of the bare loop over the unaltered pipeline."""
    import importlib

    from kg.parse import models

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        nlp = importlib.import_module(models.package_of(model)).load()
    lines = [json.loads(line)["text"] for line in texts.read_text(encoding="utf-8").splitlines()]
    began = time.process_time()
    for _ in nlp.pipe(lines):
        pass
    return time.process_time() - began


def annotate(texts: Path, model: str) -> float:
    """CPU seconds of reading, annotating and writing, as `kg annotate` does it."""
    from kg.model import Annotation, Document
    from kg.pipeline import Annotator
    from kg.read import read
    from kg.serial import to_json
    from kg.settings import Settings

    annotator = Annotator(Settings(model=model))
    warm = Document("warm", "Anne Leroy met John Park in Nantes on Monday. “We agreed,” she said.", date="2021-07-01")
    for _ in annotator.annotate([warm]):
        pass
    began = time.process_time()
    documents = (item for item in read([texts]) if isinstance(item, Document))
    with tempfile.TemporaryFile() as out:
        for annotation in annotator.annotate(documents):
            if isinstance(annotation, Annotation):
                out.write(to_json(annotation).encode() + b"\n")
    return time.process_time() - began


def measured(side: str, texts: Path, model: str) -> float:
    """CPU seconds of one side, in a process of its own."""
    command = [sys.executable, __file__, "--side", side, "--texts", str(texts), "--model", model]
    return float(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def main() -> int:
    """Measure both sides and print the figures; return the exit status."""
    arguments = _arguments()
    if arguments.side:
        print((annotate if arguments.side == "kg" else parse_only)(arguments.texts, arguments.model))
        return 0
    source = given_texts(arguments.texts, arguments.words) if arguments.texts else made_texts(arguments.words)
    texts = list(source)
    words = sum(len(text.split()) for text in texts)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.jsonl"
        rows = (json.dumps({"id": str(number), "text": text}) + "\n" for number, text in enumerate(texts))
        path.write_text("".join(rows), encoding="utf-8")
        took: dict[str, list[float]] = {"spacy": [], "kg": []}
        for _ in range(arguments.repeat):
            for side, seconds in took.items():
                seconds.append(measured(side, path, arguments.model))
    speeds = {side: words / min(seconds) for side, seconds in took.items()}
    ratio = speeds["kg"] / speeds["spacy"]
    print(f"{len(texts)} texts, {words} words, model {arguments.model}")
    print(f"spaCy nlp.pipe   {speeds['spacy']:8.0f} words per CPU second")
    print(f"kg annotate      {speeds['kg']:8.0f} words per CPU second")
    print(f"ratio            {ratio:8.1%}   (bar: {arguments.bar:.0%})")
    return 0 if ratio >= arguments.bar else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, help="a JSON lines file with the key 'text'")
    parser.add_argument("--words", type=int, default=50_000, help="at least so many words")
    parser.add_argument("--repeat", type=int, default=2, help="so many times each side")
    parser.add_argument("--model", default="en_core_web_md")
    parser.add_argument("--bar", type=float, default=0.6, help="the least ratio that is good enough")
    parser.add_argument("--side", choices=["spacy", "kg"], help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
