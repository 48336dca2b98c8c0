"""What a sign-up is told by: whether an address was invited, and whether it has an account already."""

from tocsin_data.db import Database
from tocsin_data.sql import accounts, invitations


def is_invited(db: Database, email: str) -> bool:
    """Whether an invitation waits for an address, in its canonical form."""
    with db.outside_organizations() as conn:
        return bool(invitations.pending(conn, email))


def is_known(db: Database, email: str) -> bool:
    """Whether somebody signs in with an address, in its canonical form."""
    with db.outside_organizations() as conn:
        return accounts.is_known(conn, email)
