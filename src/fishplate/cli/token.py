"""`fishplate token`: a worker's secret, shown once, and what a project keeps of it."""

import click

from fishplate.wiring.lookback import new_token


@click.command()
def command() -> None:
    """Make a worker's secret token and the text that a project keeps of it."""
    token, sealed = new_token()
    click.echo("Give this to the worker, who signs in with it. It is shown once and kept nowhere:")
    click.echo(f"  {token}")
    click.echo("Put this into fishplate.toml, under the worker:")
    click.echo(f'  token_hash = "{sealed}"')
