"""What the database says of itself."""

from psycopg.rows import class_row

from tocsin.contracts.health import DatabaseHealth
from tocsin_data.db import Database


def read(db: Database) -> DatabaseHealth:
    """Clock, version and schema; raises DatabaseUnavailable."""
    with db.outside_organizations() as conn, conn.cursor(row_factory=class_row(DatabaseHealth)) as cur:
        cur.execute(
            """
            select app.clock() as now, current_setting('server_version_num')::int as server_version,
                (select coalesce(max(number), 0) from migration) as schema_number,
                pg_is_in_recovery() as is_read_only
            """
        )
        (found,) = cur.fetchall()
    return found
