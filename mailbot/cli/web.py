"""`mailbot web`: the officers' desk in a browser, until it is told to stop."""

import socket
from dataclasses import replace

import click
import uvicorn

from mailbot import app
from mailbot.cli.door import settings_of
from mailbot.settings import Settings
from mailbot.web.listening import listen
from mailbot.web.origins import origins_of

LONGEST_HEADERS = 16 * 1024
STOPPING_SECONDS = 10
MOST_AT_ONCE = 200
"""Requests in hand; more are told to come back, so that a flood cannot take the machine."""


@click.command()
@click.option("--host", help="The address to listen on.  [default: web.address]")
@click.option("--port", type=click.IntRange(1, 65535), help="The port.  [default: web.port]")
@click.pass_context
def web(ctx: click.Context, host: str | None, port: int | None) -> None:
    """
    Serve the officers' desk.

    Without web.public_url it answers on this machine only, as
    http://localhost:8080. For others it stands behind a proxy that speaks TLS;
    docs/desk.md shows how. Ctrl-C or SIGTERM stops it.

    \b
    Exit codes:
      0  stopped as asked
      1  it could not listen there
      2  a setting is wrong
    """
    settings = _with(settings_of(ctx), host, port)
    for warning in settings.warnings:
        click.echo(f"Mind: {warning}", err=True)
    config = server_settings(settings)
    listening = _listen(settings.web.address, settings.web.port)
    click.echo(f"The desk: {origins_of(settings.web).public}  (Ctrl-C stops it)", err=True)
    uvicorn.Server(config).run(sockets=[listening])


def server_settings(settings: Settings) -> uvicorn.Config:
    """Say how the desk is served: no log of who asked what, and no name of the server."""
    return uvicorn.Config(
        app.web(settings),
        host=settings.web.address,
        port=settings.web.port,
        access_log=False,
        server_header=False,
        log_level="warning",
        proxy_headers=bool(settings.web.trusted_proxies),
        forwarded_allow_ips=list(settings.web.trusted_proxies),
        h11_max_incomplete_event_size=LONGEST_HEADERS,
        limit_concurrency=MOST_AT_ONCE,
        timeout_graceful_shutdown=STOPPING_SECONDS,
        ws="none",
    )


def _listen(address: str, port: int) -> socket.socket:
    try:
        return listen(address, port)
    except OSError as error:
        raise click.ClickException(f"{address}:{port}: {error.strerror}") from error


def _with(settings: Settings, host: str | None, port: int | None) -> Settings:
    web = settings.web
    return replace(settings, web=replace(web, address=host or web.address, port=port or web.port))
