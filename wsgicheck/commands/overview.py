"""``wsgicheck list``, ``explain`` and ``servers``: what there is."""

from __future__ import annotations

import click


@click.command("list")
@click.option("--select", multiple=True, metavar="PATTERN", help="Ids, topics or wildcards.")
@click.option("--ignore", multiple=True, metavar="PATTERN", help="Leave these out.")
@click.option("--coverage", is_flag=True, help="Print the law instead, each requirement with its checks.")
def list_checks(select: tuple[str, ...], ignore: tuple[str, ...], coverage: bool) -> None:
    """List the checks: id, level, source and rule, by topic."""
    from ..catalog import select as select_checks

    if coverage:
        from ..coverage import ruler
        from ..reporters.coverage import render
        from ..spec import ALL

        click.echo(render(ALL, select_checks(select, ignore), ruler()))
        return
    checks = select_checks(select, ignore)
    topic = ""
    for check in checks:
        if f"{check.source.value}: {check.topic}" != topic:
            topic = f"{check.source.value}: {check.topic}"
            click.secho(topic, bold=True)
        click.echo(f"  {check.id:<44} {check.law.level.value:<10} {check.title}")
    click.echo(f"{len(checks)} checks")


@click.command()
@click.argument("id")
def explain(id: str) -> None:
    """Explain a check: rule, harm, clause, what is accepted, what is sent and served, where to look.

    Or a duty that 'wsgicheck app' reports: an id that starts with application- or middleware-.
    """
    from ..catalog import find
    from ..reporters.explanation import render, render_duty
    from ..spec import pep3333_applications, pep3333_middleware

    duties = {law.id: law for law in (*pep3333_applications.ALL, *pep3333_middleware.ALL)}
    if id in duties:
        click.echo(render_duty(duties[id]))
    else:
        click.echo(render(find(id, duties), find))


@click.command()
def servers() -> None:
    """List the servers that can be named after --server."""
    from ..servers.known import known_profiles
    from .extensions import say_faults

    say_faults()
    for profile in known_profiles():
        click.secho(f"{profile.name}", bold=True, nl=False)
        click.echo(f"  ({profile.kind}{'; ' + ', '.join(profile.requires) if profile.requires else ''})")
        click.echo(f"    {profile.summary}")
        click.echo(f"    {profile.command}")
