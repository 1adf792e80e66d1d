"""`fishplate audit`: whether the chain of who read what is whole, and how far it goes."""

from pathlib import Path

import click

from fishplate.cli import project as projects
from fishplate.errors import ChainBroken
from fishplate.wiring.pages import audit_of


@click.command()
@projects.argument
def command(project: Path) -> None:
    """Verify the audit chain: who read which record, when, for what purpose, and whether an entry was tampered with.

    Write the last line down somewhere else: whoever rewrote the whole chain could not make it end like this. What a
    person may see of it is on their own care page, under 'who has looked at this record'.
    """
    chain = audit_of(projects.opened(project))
    faults = chain.faults()
    if faults:
        raise ChainBroken("\n".join(f"entry {fault.sequence}: {fault.wrong}" for fault in faults))
    head = chain.head()
    click.echo(f"The chain is whole: {head.sequence:,} entries.")
    click.echo(f"It ends with {head.hash}")
