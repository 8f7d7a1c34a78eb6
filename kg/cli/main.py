"""The command `kg`: puts the sub-commands together and turns errors into messages and exit statuses.

To add a command NAME: write the module `kg/cli/NAME.py` with a function `command`, typed for typer, whose docstring's
first line is the help, and add a line to `COMMANDS` with that same first line (a test compares them). The rules:

- only the module of the command that is asked for is imported, so `kg --help` stays fast; still, import spaCy, rdflib,
  pyvis and everything that imports them inside functions;
- data goes to standard output, everything else to standard error (`typer.echo(..., err=True)` or
  `rich.console.Console(stderr=True)`);
- raise `UsageError` for wrong usage (exit status 2), another `KgError` for what fails (1); the message is printed here.
  `raise typer.Exit(1)` when the work is done but some document failed.
"""

import importlib
import os
import sys
from collections.abc import Callable
from typing import Annotated, NoReturn

import typer

from kg.errors import KgError, UsageError

# The exit status after Ctrl-C.
STOPPED = 130

COMMANDS = {
    "build": "Read documents and build the graph, the page and the store in a folder.",
    "retract": "Take documents back, with all that only they support.",
    "query": "Ask a graph: a named question, a file or SPARQL text.",
    "entities": "List who and what is in a graph, doubtful identities first.",
    "correct": "Write down a decision about a graph, which every build applies.",
    "contradictions": "Show which facts the sources dispute, and who says what.",
    "view": "Show a graph as one page for the browser.",
    "serve": "Explore a graph in the browser, and answer SPARQL at /sparql.",
    "report": "Write what a graph holds, and what it lacks, as a page to read and print.",
    "annotate": "Read documents and write what they say, one JSON line each.",
    "export": "Write a graph in the format of another tool.",
    "validate": "Check a graph against the ontology's shapes.",
    "load": "Put the named graphs into an external store over HTTP.",
    "explain": "Show which rule made which triple of a text from which words.",
    "parse": "Show how a sentence is parsed, or freeze the parse for a test.",
    "doctor": "Say what is installed, what is missing and how to mend it.",
}


def application(wanted: str | None = None) -> typer.Typer:
    """The typer application with all commands, of which only `wanted` is imported and can run."""
    app = typer.Typer(
        name="kg",
        help="From news text to a knowledge graph of actors and places.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_options)
    for name, line in COMMANDS.items():
        app.command(name, short_help=line)(_function(name) if name == wanted else _not_imported)
    return app


def main(arguments: list[str] | None = None) -> None:
    """Run `kg` with `arguments` (those of the process by default) and exit with its status."""
    argv = sys.argv[1:] if arguments is None else arguments
    wanted = next((word for word in argv if not word.startswith("-")), None)
    try:
        typer.main.get_command(application(wanted))(args=argv, prog_name="kg")
    except SystemExit as error:
        if error.code == STOPPED:
            _end("stopped: build, annotate and load go on from here with the same command", STOPPED)
        raise
    except KgError as error:
        _end(str(error), 2 if isinstance(error, UsageError) else 1)
    except BrokenPipeError:
        # `kg annotate … | head -1`: the reader has gone, and nobody is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        _end(f"{error.filename}: {error.strerror}" if error.filename else str(error), 1)


def _end(message: str, status: int) -> NoReturn:
    typer.echo(f"kg: {message}", err=True)
    sys.exit(status)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"kg {version('kg-actors-places')}")
        raise typer.Exit


def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Options of `kg` itself."""


def _function(name: str) -> Callable[..., None]:
    function: Callable[..., None] = importlib.import_module(f"kg.cli.{name}").command
    return function


def _not_imported() -> None:
    raise AssertionError("only the command that was asked for can run")
