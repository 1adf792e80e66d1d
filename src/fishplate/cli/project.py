"""What every command does first: find the project and read it, with every word it may use."""

from dataclasses import replace
from pathlib import Path

import click

from fishplate.measures.disclosure import POLICIES
from fishplate.records.vocabulary import vocabulary
from fishplate.settings.environment import read_environment
from fishplate.settings.project import Project
from fishplate.settings.reading import read_project
from fishplate.settings.vocabulary import Vocabulary

argument = click.argument("project", type=click.Path(path_type=Path), default=".")
"""The project's folder, or its fishplate.toml; this folder where none is named."""


def words() -> Vocabulary:
    """Every word a project file may use."""
    return vocabulary(POLICIES)


def opened(path: Path) -> Project:
    """The project at a path, as this machine's environment changes it. Raises ProjectFaults with every fault."""
    project = read_project(path, words())
    environment = read_environment()
    memory_limit = environment.memory_limit or project.memory_limit
    return replace(project, memory_limit=memory_limit, threads=environment.threads)
