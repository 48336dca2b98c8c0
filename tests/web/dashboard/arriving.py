"""Starts a home of one's own outside of pytest: for pictures, and to look at a screen while it is being built."""

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from infra import packages
from tests.support import postgres
from tests.support.api_host import api_host
from tests.support.aws import answered_by_moto
from tests.support.postgres import TestServer
from tests.support.world import World
from tests.web.dashboard.home import Home, at_home

FAST = {"fsync": "off", "full_page_writes": "off", "shared_buffers": "64MB"}


@contextmanager
def hosted(server: TestServer, folder: Path | None = None) -> Generator[Home]:
    """A home over a database of its own, of the built dashboard unless a folder is given."""
    database = postgres.clone(server)
    try:
        with pytest.MonkeyPatch.context() as environment, api_host(World(database), environment) as host:
            environment.setenv("DEMO", "yes")
            with at_home(host, folder or packages.dashboard()) as home:
                yield home
    finally:
        database.close()


@contextmanager
def own_home(folder: Path | None = None) -> Generator[Home]:
    """A home with a server of its own."""
    with tempfile.TemporaryDirectory(prefix="tocsin-test-") as place, answered_by_moto():
        server = TestServer(Path(place) / "postgres", FAST)
        server.start()
        try:
            postgres.prepare_template(server)
            with hosted(server, folder) as home:
                yield home
        finally:
            server.stop("immediate")
