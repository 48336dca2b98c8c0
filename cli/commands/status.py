"""`tocsin status`: what the public is told."""

import typer

from cli.commands import (
    status_components,
    status_groups,
    status_logos,
    status_maintenance,
    status_pages,
    status_reports,
    status_subscribers,
)

app = typer.Typer(name="status", help="Status pages: what the public is told.", no_args_is_help=True)
app.add_typer(status_pages.app)
app.add_typer(status_components.app)
app.add_typer(status_groups.app)
app.add_typer(status_logos.app)
app.add_typer(status_reports.app)
app.add_typer(status_maintenance.app)
app.add_typer(status_subscribers.app)
