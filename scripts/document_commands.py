"""Write docs/commands.md: every command with its arguments and options, as the command itself describes them.

python scripts/document_commands.py          writes it
python scripts/document_commands.py --check  exit status 1 where the file is another (a test does that)
"""

import inspect
import sys
from pathlib import Path

import typer

from kg.cli.main import COMMANDS, application

TARGET = Path(__file__).resolve().parent.parent / "docs" / "commands.md"
HEAD = """# Commands

Made by `python scripts/document_commands.py` from the commands themselves. `kg COMMAND --help` says the same.

Data goes to standard output, messages to standard error. Exit status: 0 all done; 1 something failed, and the rest is
done; 2 wrong usage.
"""


def documentation() -> str:
    """The text of docs/commands.md."""
    return "\n".join([HEAD, *(_section(name) for name in COMMANDS)])


def _section(name: str) -> str:
    command = typer.main.get_command(application(name)).commands[name]  # type: ignore[attr-defined]
    usage = [name, *(_argument(parameter) for parameter in command.params if parameter.param_type_name == "argument")]
    lines = [f"## kg {name}", "", f"    kg {' '.join(usage)} [OPTIONS]", "", inspect.cleandoc(command.help or ""), ""]
    lines += ["| argument or option | what it is |", "|---|---|"]
    for parameter in command.params:
        if parameter.name != "help":
            lines.append(f"| {_names(parameter)} | {_help(parameter)} |")
    return "\n".join([*lines, ""])


def _argument(parameter: typer.core.TyperArgument) -> str:
    name = parameter.metavar or str(parameter.name).upper()
    return name if parameter.required else f"[{name}]"


def _names(parameter: typer.core.TyperArgument | typer.core.TyperOption) -> str:
    if isinstance(parameter, typer.core.TyperArgument):
        return f"`{parameter.metavar or str(parameter.name).upper()}`".replace("|", "\\|")
    return ", ".join(f"`{name}`" for name in [*parameter.opts, *parameter.secondary_opts])


def _help(parameter: typer.core.TyperArgument | typer.core.TyperOption) -> str:
    text = (parameter.help or "").replace("|", "\\|")
    default = parameter.default
    if (
        isinstance(parameter, typer.core.TyperOption)
        and not parameter.is_flag
        and isinstance(default, str | int | float)
    ):
        text += f" Default: `{default}`."
    return text


if __name__ == "__main__":
    text = documentation()
    if sys.argv[1:] == ["--check"]:
        sys.exit(TARGET.read_text(encoding="utf-8") != text)
    TARGET.write_text(text, encoding="utf-8")
