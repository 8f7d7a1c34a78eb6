"""Run the examples of the documentation and compare what comes out with what stands there.

python scripts/run_examples.py           exit status 1 and a diff where something else comes out (a test does that)
python scripts/run_examples.py --write   puts what came out into the files

`console` blocks hold commands after `$ ` with their output, standard output and error as they come; `python` blocks
hold `>>>` examples, or code that has to run. A block after "Save this as `NAME`" is saved. Other blocks are not run.
All blocks of a file run in order, in a folder of their own that holds a copy of the seeds. `...` stands for anything.
"""

import codeop
import contextlib
import difflib
import doctest
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILES = ("README.md",)
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SAVED = re.compile(r"[Ss]ave this as `([\w.-]+)`")
ANYTHING = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@dataclass(frozen=True, slots=True)
class Example:
    """A command or an expression as it stands there, the code to run, and the output below it."""

    source: str
    code: str
    expected: str


def examples(kind: str, body: str) -> Iterator[Example]:
    """Yield the examples of a block."""
    if kind == "console":
        for part in re.split(r"^(?=\$ )", body, flags=re.MULTILINE):
            if part.startswith("$ "):
                source, _, expected = part.partition("\n")
                yield Example(source + "\n", source[2:], expected)
        return
    for example in doctest.DocTestParser().get_examples(body):
        lines = example.source.splitlines()
        shown = (f"{'...' if number else '>>>'} {line}".rstrip() for number, line in enumerate(lines))
        yield Example("\n".join(shown) + "\n", example.source, example.want)


def run_command(command: str, folder: Path) -> str:
    """What a command writes, its standard error too."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env={**os.environ, "PATH": path, "NO_COLOR": "1", "COLUMNS": "100"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.stdout.decode()


def run_python(code: str, names: dict[str, object], mode: str = "single") -> str:
    """What code prints or gives, as an interpreter would show it."""
    out = io.StringIO()
    compiled = codeop.compile_command(code, "<example>", mode) if mode == "single" else compile(code, "<example>", mode)
    with contextlib.redirect_stdout(out):
        try:
            exec(compiled or code, names)  # noqa: S102 — the documentation is ours
        except Exception as error:  # noqa: BLE001 — whatever an example raises is what came out of it
            print(f"{type(error).__name__}: {error}")
    return out.getvalue()


def run_block(kind: str, body: str, folder: Path, names: dict[str, object]) -> str:
    """The block with the output that its examples gave; output that matches is left as it stands."""
    if kind == "python" and ">>>" not in body:
        return body + run_python(body, names, "exec")
    checker = doctest.OutputChecker()
    parts = []
    for example in examples(kind, body):
        got = run_command(example.code, folder) if kind == "console" else run_python(example.code, names)
        got = "".join(f"{line.rstrip()}\n" for line in got.splitlines())
        same = checker.check_output(example.expected.strip() + "\n", got.strip() + "\n", ANYTHING)
        parts.append(example.source + (example.expected if same else got))
    return "".join(parts)


def run_document(text: str, folder: Path) -> str:
    """The text with what came out of its examples."""
    names: dict[str, object] = {"__name__": "__main__"}

    def ran(block: re.Match[str]) -> str:
        kind, body = block[1], block[2]
        saved = SAVED.findall(text[: block.start()].rsplit("```", 1)[-1])
        if saved:
            (folder / saved[-1]).write_text(body, encoding="utf-8")
        elif kind in ("console", "python"):
            body = run_block(kind, body, folder, names)
        return f"```{kind}\n{body.rstrip()}\n```"

    with contextlib.chdir(folder):
        return BLOCK.sub(ran, text)


def main() -> int:
    """Run, compare or write; return the exit status."""
    status = 0
    for name in FILES:
        text = (ROOT / name).read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(ROOT / "seeds", Path(folder) / "seeds")
            found = run_document(text, Path(folder))
        if sys.argv[1:] == ["--write"]:
            (ROOT / name).write_text(found, encoding="utf-8")
        elif found != text:
            lines = difflib.unified_diff(text.splitlines(), found.splitlines(), name, "what came out", lineterm="")
            print("\n".join(lines))
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
