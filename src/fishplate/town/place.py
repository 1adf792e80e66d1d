"""Writes a small made-up place as a project folder: `fishplate.toml` and every organisation's files below `in/`.

Takes a folder, how many people and a seed. Same seed, same bytes; the clock is never read. What the project file says
stands, with comments to learn from, in `smalltown.toml` beside this module.
"""

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from fishplate.town.exports.ambulance import ambulance
from fishplate.town.exports.charity import charity
from fishplate.town.exports.community import community
from fishplate.town.exports.council import council
from fishplate.town.exports.home_care import home_care
from fishplate.town.exports.hospital import hospital
from fishplate.town.exports.hub import hub
from fishplate.town.exports.mental_health import mental_health
from fishplate.town.exports.next_town import write_next_town
from fishplate.town.exports.practice import practice
from fishplate.town.happenings import World
from fishplate.town.joan import her_story, joan
from fishplate.town.layouts import write_months
from fishplate.town.lives import live
from fishplate.town.people import make_people

EXPORTS = (hospital, hub, community, mental_health, council, practice, home_care, charity, ambulance)
WORKER = """
# Who may open pages that show who somebody is. Only the sealed form of a worker's token is kept.
[[workers]]
id = "ruth"
name = "Ruth Okafor"
role = "district nurse"
organisation = "RZ2"
token_hash = "{token_hash}"
"""
REVIEWER = """
# A privacy officer opens no record, and checks who did.
[[workers]]
id = "amal"
name = "Amal Haddad"
role = "privacy officer"
organisation = "RZ2"
token_hash = "{token_hash}"
"""


def make_place(
    folder: Path,
    *,
    people: int = 400,
    seed: int = 1,
    worker_token_hash: str = "",
    reviewer_token_hash: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Write the place into the folder, which is made where it is missing.

    `worker_token_hash` is the sealed token of the demo's district nurse (`access.worker.SealedToken`), and
    `reviewer_token_hash` that of its privacy officer; without one the project has no such worker. `progress` is told
    how many people have lived so far, and how many there are.
    """
    world = make_world(people, seed, progress)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "fishplate.toml").write_bytes(project_text(worker_token_hash, reviewer_token_hash).encode())
    for export in EXPORTS:
        for layout, rows in export(world):
            write_months(folder, layout, rows, seed)
    write_next_town(folder, world)
    if progress:
        progress(people, people)


def make_world(people: int, seed: int, progress: Callable[[int, int], None] | None = None) -> World:
    """The town and its two years: Joan first, and then the others."""
    town = make_people(people, seed)
    first, others = joan(town[0]), town[1:]
    world = World([first, *others])
    live(others, seed, world, progress)
    her_story(world, first.place)
    return world


def project_text(worker_token_hash: str = "", reviewer_token_hash: str = "") -> str:
    """The text of the place's project file."""
    text = files("fishplate.town").joinpath("smalltown.toml").read_text(encoding="utf-8")
    workers = ((WORKER, worker_token_hash), (REVIEWER, reviewer_token_hash))
    return text + "".join(worker.format(token_hash=sealed) for worker, sealed in workers if sealed)
