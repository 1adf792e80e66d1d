"""Follows a page as its reader would, and writes down what really happened.

Takes the text of a page and an empty folder; gives the text with every shown output replaced by the real one. A comment
says what the code block below it is:

    <!-- file: PATH -->               the reader saves the block under that path
    <!-- part of: PATH -->            the block is shown as it stands in that file, and must be in it
    <!-- mend: PATH | OLD | NEW -->   the reader replaces OLD, which stands there once, by NEW; no block follows
    <!-- session -->                  lines that begin with `$ ` are typed, the lines below each are what it says

Only `fishplate` and `python` can be typed. Progress is left out; what a refused command says is kept.

    python tools/walkthrough.py docs/tutorial/first-afternoon.md     writes the page anew
"""

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
BLOCK = re.compile(
    r"<!-- (file|part of|session)(?:: (\S+))? -->\n\n```[a-z]*\n(.*?)```\n|<!-- (mend): (\S+) \| (.+?) \| (.+?) -->\n",
    re.DOTALL,
)
COMMANDS = {
    "fishplate": (sys.executable, "-c", "from fishplate.cli.app import main; main()"),
    "python": (sys.executable,),
}
COLUMNS = "110"
"""How wide the terminal is in which a page's commands are typed."""


def walk(page: str, folder: Path) -> str:
    """The page as it should read.

    Raises ValueError where a part is not in its file, and where a command breaks or can't be typed.
    """

    def follow(block: re.Match[str]) -> str:
        what, path, content, mend, mended, old, new = block.groups()
        if mend:
            correct(folder / mended, old, new)
            return block[0]
        if what == "session":
            return block[0].replace(f"\n{content}```", f"\n{session(content, folder)}```")
        target = folder / path
        if what == "part of" and content not in target.read_text(encoding="utf-8"):
            raise ValueError(f"{path} does not hold the part that the page shows:\n{content}")
        if what == "file":
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(content, encoding="utf-8", newline="\n")
        return block[0]

    return BLOCK.sub(follow, page)


def correct(path: Path, old: str, new: str) -> None:
    """Replace one text in a file. Raises ValueError unless it stands there exactly once."""
    text = path.read_text(encoding="utf-8")
    if text.count(old) != 1:
        raise ValueError(f"{path.name} holds '{old}' {text.count(old)} times, and should once")
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def session(content: str, folder: Path) -> str:
    """The commands of a session, each followed by what it says."""
    typed = [line.removeprefix("$ ") for line in content.splitlines() if line.startswith("$ ")]
    return "\n".join(f"$ {command}\n{said(command, folder)}" for command in typed)


def said(command: str, folder: Path) -> str:
    """What one command says; of a refused one also what it says of the refusal."""
    name, *arguments = shlex.split(command)
    if name not in COMMANDS:
        raise ValueError(f"a page can't have '{name}' typed, only {' or '.join(COMMANDS)}")
    path = os.pathsep.join((str(REPOSITORY / "src"), os.environ.get("PYTHONPATH", "")))
    done = subprocess.run(
        [*COMMANDS[name], *arguments],
        cwd=folder,
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8", "COLUMNS": COLUMNS},
    )
    if "Traceback (most recent call last)" in done.stderr:
        raise ValueError(f"'{command}' did not answer, but broke:\n{done.stderr}")
    shown = done.stdout + (done.stderr if done.returncode else "")
    return "".join(f"{line.rstrip()}\n" for line in shown.splitlines())


def main() -> None:
    """Write each page named on the command line anew."""
    for named in sys.argv[1:]:
        path = Path(named)
        with tempfile.TemporaryDirectory() as folder:
            path.write_text(walk(path.read_text(encoding="utf-8"), Path(folder)), encoding="utf-8")


if __name__ == "__main__":
    main()
