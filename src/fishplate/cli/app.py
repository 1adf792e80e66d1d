"""`fishplate`: the table of commands, each loaded only when it is called, so that `--help` stays quick.

Every error of the family in `errors.py` is printed as it is and ends with its exit code; nothing else is caught.
"""

import importlib
import sys

import click
from rich.console import Console

from fishplate import __version__
from fishplate.errors import FishplateError

COMMANDS = {
    "init": "Write a commented fishplate.toml to start from, or propose one from a CSV file's own columns.",
    "check": "Find every fault in a project at once: keys, columns, dates, files.",
    "build": "Read what is new, link people, find what followed what, and publish tables.",
    "serve": "Show a built project on this machine: planning pages, and care pages for named workers.",
    "demo": "Make a small made-up place, build it and serve it.",
    "forget": "Let a file received no longer count, by your act and for a reason.",
    "rejections": "Show what could not be read and why; export the rows as an audited act of care mode.",
    "audit": "Verify the audit chain of who read which record.",
    "token": "Make a worker's secret token and the text that a project keeps of it.",
    "tables": "Print every published table and column with its meaning.",
}


class Commands(click.Group):
    """The commands by name; a command's module is imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order a person meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"fishplate.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table of commands, without loading one."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="fishplate")
def fishplate() -> None:
    """Find the joins between health and social care services: which hold, which fail, for whom.

    Start with `fishplate demo`, or with `fishplate init --from YOUR.csv`.
    """


def main() -> None:
    """Run a command and end with its exit code."""
    try:
        code = fishplate(standalone_mode=False)
    except FishplateError as refusal:
        Console(stderr=True, highlight=False).print(str(refusal), style="red", markup=False, soft_wrap=True)
        sys.exit(refusal.exit_code)
    except click.Abort:
        sys.exit(130)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(wrong.exit_code)
    sys.exit(code if isinstance(code, int) else 0)
