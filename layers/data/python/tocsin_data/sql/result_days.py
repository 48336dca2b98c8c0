"""The days of check_result: made ahead, dropped when they are old."""

from datetime import date, datetime

from tocsin_data.db import Tx


def make(tx: Tx, first: date, days: int) -> int:
    """Let results of these days of UTC be written; answers how many days are new."""
    row = tx.conn.execute("select app.make_result_partitions(%s, %s)", (first, days)).fetchone()
    return 0 if row is None else row[0]


def drop(tx: Tx, before: date) -> int:
    """Forget all results of days before this one; answers how many days are gone."""
    row = tx.conn.execute("select app.drop_result_partitions(%s)", (before,)).fetchone()
    return 0 if row is None else row[0]


def since(tx: Tx) -> datetime | None:
    """From when on results are kept; None when none can be."""
    row = tx.conn.execute("select lower(app.result_range())").fetchone()
    return None if row is None else row[0]
