"""Both applications over the fixture build, served on this machine as they are for a person."""

import socket
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp

from fishplate.access.worker import Worker, seal_token
from fishplate.measures.disclosure import NHS_ENGLAND
from fishplate.report.planning import Build
from fishplate.store.chain import ChainFile
from fishplate.web.hub.app import hub_app
from fishplate.web.place.app import place_app
from fishplate.wiring.care_pages import BuiltCareTables
from fishplate.wiring.join_standards import shipped
from fishplate.wiring.pages import PLANNING_TABLES, PRIVATE_TABLES, opened
from fishplate.wiring.person_joins import JoinsOfPeople
from fishplate.wiring.planning_pages import BuiltPlanningTables
from tests.browser.fixture_build import PUBLISHED_AT, write_build

NURSE_TOKEN = "nurse-token-of-thirty-two-letters"
OTHER_TOKEN = "other-token-of-thirty-two-letters"
OFFICER_TOKEN = "officer-token-of-thirty-two-lett"
NOW = datetime(2026, 4, 13, 9, 15, tzinfo=UTC)
BUILD = Build("7", "Alder Vale", "Alder Vale", PUBLISHED_AT, is_demo=True)
KINDS = {"emergency_department": "Emergency department"}


@dataclass(frozen=True, slots=True)
class Apps:
    """The two applications, and the audit chain behind the care pages."""

    place: Starlette
    hub: Starlette
    audit: ChainFile


class MadeUpRows:
    """Stands for the files received: any row says which it is."""

    def texts(self, file: str, lines: Collection[int]) -> Mapping[int, str]:
        """The rows that begin on these lines."""
        return {line: f"=row {line} of {file}" for line in lines}


def workers() -> list[Worker]:
    """A nurse who cares for Joan, a worker of a firm that does not, and the privacy officer."""
    return [
        Worker("n1", "Nia Nurse", "district nurse", "RCB", seal_token(NURSE_TOKEN, b"s" * 16)),
        Worker("m1", "Mo Mind", "memory nurse", "RMH", seal_token(OTHER_TOKEN, b"t" * 16)),
        Worker("p1", "Pat Privacy", "privacy officer", "RXA", seal_token(OFFICER_TOKEN, b"u" * 16), reviews_audit=True),
    ]


def fixture_apps(folder: Path, now: Callable[[], datetime] = lambda: NOW) -> Apps:
    """Both applications over a build written into the folder; chance is a plain count here."""
    build = folder / "published" / "7"
    write_build(build)
    numbers = count(1)
    planning = BuiltPlanningTables(opened(build, PLANNING_TABLES), BUILD, NHS_ENGLAND, b"secret" * 6, KINDS)
    engine = opened(build, (*PLANNING_TABLES, *PRIVATE_TABLES))
    joins = JoinsOfPeople(engine, shipped(), BUILD.place, "Europe/London", PUBLISHED_AT)
    care = BuiltCareTables(engine, BUILD, KINDS, MadeUpRows(), joins)
    audit = ChainFile(folder / "audit")
    hub = hub_app(
        care,
        audit,
        workers(),
        now=now,
        fresh=lambda: f"fresh-{next(numbers):06}",
        secret=b"cookie" * 6,
        zone=ZoneInfo("Europe/London"),
        hosts=("127.0.0.1", "testserver"),
    )
    return Apps(place_app(planning, hosts=("127.0.0.1", "testserver")), hub, audit)


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """The application on a free port of this machine; gives its address."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        until = time.monotonic() + 20
        while not server.started and time.monotonic() < until:
            time.sleep(0.02)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)
