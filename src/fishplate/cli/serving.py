"""Serves a built project on this machine: the planning pages, and in care mode the care pages on a port of their own.

Takes a project and an address; runs until it is told to stop. The two applications share nothing but the process: each
has its own engine, and the planning one is never shown a table that identifies anybody.
"""

import asyncio
import signal
import socket
import sys
from collections.abc import Callable
from zoneinfo import ZoneInfo

import uvicorn
from starlette.applications import Starlette

from fishplate.errors import FishplateError
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
    listening = {name: listen(host, port + place) for place, name in enumerate(apps)}
    servers = {
        name: uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False, lifespan="off"))
        for name, app in apps.items()
    }
    asyncio.run(run(servers, listening, told))


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens at the address. Raises FishplateError where another program has it already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    try:
        if sys.platform != "win32":
            # Lets a start follow a stop at once; on Windows it would let two programs share the address.
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except OSError as fault:
        listening.close()
        raise FishplateError(
            f"The address {host}:{port} can't be used: {fault.strerror}. Stop the program that has it, or choose "
            "another with --port (care pages take the next one up)."
        ) from fault
    return listening


async def run(
    servers: dict[str, uvicorn.Server], listening: dict[str, socket.socket], told: Callable[[str, str], None]
) -> None:
    """Run the servers side by side; a signal to stop stops them all, once what is under way is answered."""

    def stop(*_: object) -> None:
        for server in servers.values():
            server.should_exit = True

    tasks = [asyncio.create_task(server.serve(sockets=[listening[name]])) for name, server in servers.items()]
    while not all(server.started for server in servers.values()) and not any(task.done() for task in tasks):
        await asyncio.sleep(0.02)
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, stop)
    for name, at in listening.items():
        host, port = at.getsockname()[:2]
        told(name, f"http://{f'[{host}]' if ':' in host else host}:{port}/")
    await asyncio.gather(*tasks)
