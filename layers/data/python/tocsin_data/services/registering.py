"""Registration: the account of somebody whose address has been verified, and the invitations that waited for it.

By the sign-up's trigger, or at the first call if the trigger failed: doing it again changes nothing.
"""

from uuid import UUID

from tocsin.domain.address import canonical_email
from tocsin.errors import Forbidden, Unauthenticated
from tocsin_data.db import Database
from tocsin_data.services import accepting
from tocsin_data.services.calling import Token
from tocsin_data.sql import accounts


def register(db: Database, token: Token) -> UUID:
    """Make or link the account of a token's verified address, and accept what it was invited to; answers its id.

    Raises Forbidden while the address is not verified, or when it belongs to an account with another sign-in, and
    Unauthenticated when the account has been deleted.
    """
    if token.email is None or not token.is_email_verified:
        raise Forbidden("Verify your e-mail address first, then sign in again.")
    email = canonical_email(token.email)
    with db.outside_organizations() as conn:
        made = accounts.register(conn, token.subject, email, token.name or email.partition("@")[0])
    if made is None:
        raise Unauthenticated("The account of this token has been deleted.")
    if made.subject != token.subject:
        raise Forbidden("Another sign-in has this e-mail address here; use that one, or delete its account first.")
    accepting.accept_all(db, made.user_id, email)
    return made.user_id
