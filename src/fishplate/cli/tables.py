"""`fishplate tables`: every published table and column with its meaning, from the declarations themselves."""

import click

from fishplate.wiring.lookback import PUBLISHED


@click.command()
@click.argument("name", default="")
def command(name: str) -> None:
    """Print every published table and column with its meaning, or one table by NAME."""
    listed = [table for table in PUBLISHED if name in ("", table.name)]
    if not listed:
        raise click.BadParameter(f"there is no table of that name; there are {', '.join(t.name for t in PUBLISHED)}")
    for table in listed:
        click.echo(f"\n{table.name}: {table.row_is}.")
        for column in table.columns:
            click.echo(f"  {column.name:<24} {column.kind.value:<10} {column.meaning}")
