"""What other distributions bring along, and what of it cannot be used."""

from __future__ import annotations

import click


def say_faults() -> None:
    """Say which extensions cannot be used, and whose they are: the run goes on without them."""
    from ..catalog import faults
    from ..reporters.timeline import visible

    for fault in faults():
        click.echo(f"warning: {visible(str(fault))}", err=True)
