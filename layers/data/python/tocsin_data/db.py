"""The database: one connection a process, transactions that enter their organizations, errors with a meaning.

Fit for RDS Proxy and PgBouncer in transaction mode: no session state, no named prepared statements.
"""

import select
import threading
from collections.abc import Callable, Collection, Generator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final
from uuid import UUID

import psycopg
from psycopg.rows import TupleRow

from tocsin.domain.live import Change, Topic
from tocsin.errors import DatabaseUnavailable, DemoReadOnly, Duplicate, NotFound, TocsinError, Unavailable, Unstorable
from tocsin.platform.settings import Settings

type Connection = psycopg.Connection[TupleRow]

KNOWN_CONSTRAINTS: Final[Mapping[str, tuple[type[TocsinError], str]]] = {
    "service_name_key": (Duplicate, "Another service of this organization has this name."),
    "escalation_policy_name_key": (Duplicate, "Another escalation policy of this organization has this name."),
    "schedule_name_key": (Duplicate, "Another schedule of this organization has this name."),
    "destination_name_key": (Duplicate, "Another destination of this organization has this name."),
    "team_name_key": (Duplicate, "Another team of this organization has this name."),
    "private_location_name_key": (Duplicate, "Another private location of this organization has this name."),
    "monitor_name_key": (Duplicate, "Another monitor of this organization has this name."),
    "monitor_group_name_key": (Duplicate, "Another monitor group of this organization has this name."),
    "status_page_slug_key": (Duplicate, "This slug is taken; choose another."),
    "component_name_key": (Duplicate, "Another component of this page has this name."),
    "component_group_name_key": (Duplicate, "Another group of this page has this name."),
    "heartbeat_slug_key": (Duplicate, "Another heartbeat of this organization has this slug."),
    "status_report_template_name_key": (Duplicate, "Another template of this page has this name."),
    "status_report_template_used_key": (Duplicate, "Another template of this page is used then already."),
    "user_account_email_key": (Duplicate, "Another account has this e-mail address."),
    "service_policy_fkey": (NotFound, "There is no such escalation policy in this organization."),
    "service_team_fkey": (NotFound, "There is no such team in this organization."),
    "escalation_policy_team_fkey": (NotFound, "There is no such team in this organization."),
    "schedule_team_fkey": (NotFound, "There is no such team in this organization."),
    "monitor_team_fkey": (NotFound, "There is no such team in this organization."),
    "integration_service_fkey": (NotFound, "There is no such service in this organization."),
    "team_member_membership_fkey": (NotFound, "There is no such member in this organization."),
    "contact_method_membership_fkey": (NotFound, "There is no such member in this organization."),
}
"""What the database refuses by a named constraint, as the error a caller can act on."""


class Contention(Unavailable):
    """Another transaction held what this one needed for too long, or both waited for each other; try again."""

    code = "contention"


class DatabaseSettings(Settings):
    """Where the database is, as whom to enter it, and by what.

    With `db_iam` a token of this process's role is the password; else the text of a secret, if one is named. With
    `db_ca_file` the server must show a certificate for `db_host` that one of these authorities has signed.
    """

    db_host: str
    db_port: int = 5432
    db_name: str = "tocsin"
    db_user: str
    db_iam: bool = False
    db_password_secret_arn: str | None = None
    db_ca_file: str | None = None


@dataclass(frozen=True, slots=True)
class Tx:
    """An open transaction inside its organizations. `now` is its one instant, by the database's clock.

    A rehearsal is rolled back, and must not keep anybody else waiting. `changes` are what who watches is told of, once
    they are committed.
    """

    conn: Connection
    now: datetime
    orgs: tuple[UUID, ...]
    is_rehearsal: bool = False
    changes: set[Change] = field(default_factory=set[Change])

    @property
    def org_id(self) -> UUID:
        """The organization of a transaction that entered just one."""
        (org_id,) = self.orgs
        return org_id

    def note(self, org_id: UUID, topic: Topic, kind: str, thing: object) -> None:
        """A thing, by its id, looks different once this is committed."""
        self.changes.add(Change(org_id, topic, kind, str(thing)))


class Database:
    """A connection per thread, opened when first needed and again after it was lost."""

    def __init__(self, settings: DatabaseSettings) -> None:
        self._settings = settings
        self._local = threading.local()
        self._last_word: Callable[[Connection], None] | None = None

    def with_last_word(self, last_word: Callable[[Connection], None]) -> "Database":
        """The same connections; `last_word` is called at the end of each transaction, to be committed with it."""
        other = copy(self)
        other._last_word = last_word
        return other

    @contextmanager
    def one(self, org_id: UUID) -> Generator[Tx]:
        """A transaction in one organization, for role `app`; in a demo a write raises DemoReadOnly."""
        with self._transaction() as conn:
            row = conn.execute("select app.enter(%s), current_setting('app.demo', true)", (org_id,)).fetchone()
            tx = Tx(conn, _instant(row), (org_id,))
            try:
                yield tx
            except psycopg.errors.ReadOnlySqlTransaction as error:
                if row is not None and row[1] == "on":
                    raise DemoReadOnly from error
                raise
        self._committed(tx)

    @contextmanager
    def myself(self, user_id: UUID) -> Generator[Tx]:
        """A transaction of a person in no organization, for role `app`: their account, and what they are where."""
        with self._transaction() as conn:
            row = conn.execute("select app.enter_self(%s)", (user_id,)).fetchone()
            yield Tx(conn, _instant(row), ())

    @contextmanager
    def many(self, org_ids: Collection[UUID]) -> Generator[Tx]:
        """A transaction in several organizations, for role `worker`; none is allowed, for what crosses them."""
        orgs = tuple(sorted(set(org_ids)))
        with self._transaction() as conn:
            row = conn.execute("select app.enter_many(%s)", (list(orgs),)).fetchone()
            tx = Tx(conn, _instant(row), orgs)
            yield tx
        self._committed(tx)

    @contextmanager
    def found[R](self, enter: Callable[[Connection], tuple[datetime, Collection[UUID], R]]) -> Generator[tuple[Tx, R]]:
        """A transaction in the organizations that a look-up finds and enters, with what it answers; for role `worker`.

        `enter` answers its now, the organizations, and the rest.
        """
        with self._transaction() as conn:
            now, org_ids, answer = enter(conn)
            tx = Tx(conn, now.astimezone(UTC), tuple(sorted(set(org_ids))))
            yield tx, answer
        self._committed(tx)

    @contextmanager
    def outside_organizations(self) -> Generator[Connection]:
        """A connection without a transaction, for the look-ups by which the organization is found."""
        with _mapped_errors(), self._connection() as conn:
            yield conn

    @contextmanager
    def gathering(self) -> Generator[set[Change]]:
        """Gather what this thread's transactions change from here on, as far as they are committed."""
        gathered: set[Change] = set()
        before, self._local.gathered = getattr(self._local, "gathered", None), gathered
        try:
            yield gathered
        finally:
            self._local.gathered = before

    def close(self) -> None:
        """Close this thread's connection."""
        conn: Connection | None = getattr(self._local, "conn", None)
        if conn is not None:
            conn.close()
            self._local.conn = None

    def _committed(self, tx: Tx) -> None:
        gathered: set[Change] | None = getattr(self._local, "gathered", None)
        if gathered is not None:
            gathered.update(tx.changes)

    @contextmanager
    def _transaction(self) -> Generator[Connection]:
        with _mapped_errors(), self._connection() as conn, conn.transaction():
            yield conn
            if self._last_word is not None:
                self._last_word(conn)

    @contextmanager
    def _connection(self) -> Generator[Connection]:
        conn: Connection | None = getattr(self._local, "conn", None)
        if conn is None or not _alive(conn):
            conn = self._connect()
            self._local.conn = conn
        try:
            yield conn
        except psycopg.errors.ReadOnlySqlTransaction:
            # The other side of a failover: this server writes no more, the name leads to the one that does.
            conn.close()
            raise
        except psycopg.Error as error:
            if _alive(conn):
                raise
            # whatever it looks like: a pooler's farewell in the place of an answer is none that psycopg knows
            conn.close()
            self._local.conn = None
            raise DatabaseUnavailable("The database went away.") from error

    def _connect(self) -> Connection:
        settings = self._settings
        return psycopg.connect(
            host=settings.db_host,
            port=settings.db_port,
            dbname=settings.db_name,
            user=settings.db_user,
            connect_timeout=3,
            autocommit=True,
            prepare_threshold=None,
            keepalives_idle=30,
            tcp_user_timeout=10_000,
            password=_password(settings),
            sslmode="verify-full" if settings.db_ca_file else None,
            sslrootcert=settings.db_ca_file,
        )


def _password(settings: DatabaseSettings) -> str | None:
    """None where the server trusts the address it is entered from."""
    if settings.db_iam:
        from tocsin.platform import aws

        return aws.database_token(settings.db_host, settings.db_port, settings.db_user)
    if settings.db_password_secret_arn:
        from tocsin.platform import secret_store

        return secret_store.current_text(settings.db_password_secret_arn)
    return None


def database(settings: DatabaseSettings) -> Database:
    """The process's database for these settings."""
    return _database(tuple((name, getattr(settings, name)) for name in DatabaseSettings.model_fields))


@cache
def _database(entrance: tuple[tuple[str, Any], ...]) -> Database:
    return Database(DatabaseSettings.model_validate(dict(entrance)))


def _alive(conn: Connection) -> bool:
    """Whether the server is still there, without asking it: one that has gone has said so on the idle socket.

    So the first call after a restart or a failover opens a new connection, and does not fail.
    """
    if conn.closed or conn.broken:
        return False
    try:
        # A farewell may come before the end of the stream, so read until nothing is left.
        while select.select([conn.pgconn.socket], [], [], 0)[0]:
            conn.pgconn.consume_input()
    except (psycopg.OperationalError, OSError, ValueError):
        return False
    return conn.pgconn.status == psycopg.pq.ConnStatus.OK


@contextmanager
def _mapped_errors() -> Generator[None]:
    try:
        yield
    except psycopg.errors.IntegrityError as error:
        known = KNOWN_CONSTRAINTS.get(error.diag.constraint_name or "")
        if known is None:
            raise
        kind, message = known
        raise kind(message) from error
    except (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected, psycopg.errors.QueryCanceled) as error:
        raise Contention("The database was busy with the same rows; try again.") from error
    except (psycopg.DataError, UnicodeEncodeError) as error:
        raise Unstorable(f"The database refuses a value: {error}") from error
    except (
        psycopg.OperationalError,
        psycopg.InterfaceError,
        psycopg.errors.ReadOnlySqlTransaction,
        psycopg.errors.IdleInTransactionSessionTimeout,
    ) as error:
        raise DatabaseUnavailable("The database can't be reached.") from error


def _instant(row: tuple[Any, ...] | None) -> datetime:
    if row is None or not isinstance(row[0], datetime):
        msg = "entering an organization answered no instant"
        raise TypeError(msg)
    return row[0].astimezone(UTC)
