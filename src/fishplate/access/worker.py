"""Who is asking: a worker of one organisation, and the secret token by which Fishplate knows them.

Takes a token and a salt from outside (no randomness here) and gives a sealed form to keep. Rule of this file: the
token itself is never stored, printed or compared byte by byte.
"""

import hashlib
import hmac
from dataclasses import dataclass, field

SHORTEST_TOKEN = 16
"""Characters. A token is made by a machine, so a short one is a mistake."""

SALT_BYTES = 16
"""NIST SP 800-132, section 5.1: a salt has at least 128 bits."""


@dataclass(frozen=True, slots=True)
class SealedToken:
    """A token as it is kept: salted and hashed with scrypt, so that whoever reads the file can't log in with it."""

    salt: bytes
    digest: bytes

    def __str__(self) -> str:
        """The one line that is stored: the method, the salt and the digest in hexadecimal."""
        return f"scrypt:{self.salt.hex()}:{self.digest.hex()}"

    @classmethod
    def parse(cls, line: str) -> "SealedToken":
        """The sealed token that a stored line holds; `ValueError` says what is expected, without the line."""
        try:
            method, salt, digest = line.strip().split(":")
            sealed = cls(bytes.fromhex(salt), bytes.fromhex(digest))
        except ValueError:
            raise ValueError("A stored token is one line: scrypt:SALT:DIGEST, hexadecimal. Make a new one.") from None
        if method != "scrypt" or len(sealed.salt) < SALT_BYTES or len(sealed.digest) != _DIGEST_BYTES:
            raise ValueError("A stored token is made with scrypt, a 16-byte salt and a 32-byte digest. Make a new one.")
        return sealed


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who works for an organisation and may ask to see a person's record."""

    id: str
    name: str
    role: str
    organisation_id: str
    token: SealedToken = field(repr=False)
    reviews_audit: bool = False
    """True for those who check the audit: a privacy officer, a Caldicott Guardian."""

    def holds(self, token: str) -> bool:
        """True if the token is this worker's; takes equally long whether nearly right or wholly wrong."""
        return hmac.compare_digest(_digest(token, self.token.salt), self.token.digest)


def seal_token(token: str, salt: bytes) -> SealedToken:
    """The form of a token to keep. The salt is 16 random bytes, new for each token, made by the caller."""
    if len(token) < SHORTEST_TOKEN:
        raise ValueError(f"A token has at least {SHORTEST_TOKEN} characters; have one made rather than thought up.")
    if len(salt) < SALT_BYTES:
        raise ValueError(f"A salt has at least {SALT_BYTES} bytes.")
    return SealedToken(salt, _digest(token, salt))


_DIGEST_BYTES = 32


def _digest(token: str, salt: bytes) -> bytes:
    # n = 2^14, r = 8, p = 5 needs 16 MiB and is one of the equal choices of the OWASP password storage cheat sheet.
    return hashlib.scrypt(token.encode(), salt=salt, n=2**14, r=8, p=5, dklen=_DIGEST_BYTES)
