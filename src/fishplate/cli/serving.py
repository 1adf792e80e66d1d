"""Serves a built project on this machine: the planning pages, and in care mode the care pages on a port of their own.

Takes a project and an address; runs until it is told to stop. The two applications share nothing but the process: each
has its own engine, and the planning one is never shown a table that identifies anybody.
"""

import asyncio
import contextlib
import signal
from collections.abc import Callable
from zoneinfo import ZoneInfo

import uvicorn
from starlette.applications import Starlette

from fishplate.settings.project import Project
from fishplate.web.hub.app import hub_app
from fishplate.web.place.app import place_app
from fishplate.wiring.pages import (
    audit_of,
    care_tables,
    fresh_text,
    now_utc,
    planning_tables,
    start_secret,
    workers_of,
)  # fmt: skip


def planning_app(project: Project, *, is_demo: bool = False) -> Starlette:
    """The planning pages of the project's current build."""
    return place_app(planning_tables(project, is_demo=is_demo))


def care_app(project: Project, *, is_demo: bool = False) -> Starlette:
    """The care pages of the project's current build. Raises NotAllowed where the project is not in care mode."""
    return hub_app(
        care_tables(project, is_demo=is_demo), audit_of(project), workers_of(project), now=now_utc, fresh=fresh_text,
        secret=start_secret(), zone=ZoneInfo(project.zone),
    )  # fmt: skip


def serve(project: Project, host: str, port: int, told: Callable[[str, str], None], *, is_demo: bool = False) -> None:
    """Serve until stopped; `told` is given the name and address of each application once both answer."""
    apps = {"Planning pages": planning_app(project, is_demo=is_demo)}
    if project.mode == "care":
        apps["Care pages"] = care_app(project, is_demo=is_demo)
    servers = {
        name: uvicorn.Server(
            uvicorn.Config(app, host=host, port=port + place, log_level="warning", server_header=False, lifespan="off")
        )
        for place, (name, app) in enumerate(apps.items())
    }
    asyncio.run(run(servers, told))


async def run(servers: dict[str, uvicorn.Server], told: Callable[[str, str], None]) -> None:
    """Run the servers side by side; a signal to stop stops them all, once what is under way is answered."""

    def stop(*_: object) -> None:
        for server in servers.values():
            server.should_exit = True

    tasks = [asyncio.create_task(quietly(server)) for server in servers.values()]
    while not all(server.started for server in servers.values()) and not any(task.done() for task in tasks):
        await asyncio.sleep(0.02)
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, stop)
    if all(server.started for server in servers.values()):
        for name, server in servers.items():
            told(name, f"http://{server.config.host}:{server.config.port}/")
    await asyncio.gather(*tasks)


async def quietly(server: uvicorn.Server) -> None:
    """One server, without a traceback where its address is taken: uvicorn has said so already."""
    with contextlib.suppress(SystemExit):
        await server.serve()
