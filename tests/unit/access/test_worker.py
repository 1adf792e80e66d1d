"""A worker's token is known again, and can be read nowhere."""

import pytest

from fishplate.access.worker import SealedToken, Worker, seal_token

SALT = bytes(range(16))
TOKEN = "a-token-made-by-a-machine"


def worker() -> Worker:
    return Worker("w-1", "Ada Poe", "District nurse", "org-community", seal_token(TOKEN, SALT))


def test_only_the_token_itself_is_known_again() -> None:
    assert worker().holds(TOKEN)
    assert not worker().holds(TOKEN + " ")
    assert not worker().holds("")


def test_the_token_is_in_nothing_that_is_kept_or_printed() -> None:
    assert TOKEN not in repr(worker()) + str(worker().token)
    assert worker().token.digest.hex() not in repr(worker())


def test_another_salt_gives_another_digest() -> None:
    assert seal_token(TOKEN, SALT).digest != seal_token(TOKEN, bytes(16)).digest


def test_a_stored_line_comes_back() -> None:
    assert SealedToken.parse(f"{worker().token}\n") == worker().token


@pytest.mark.parametrize(
    "line", ["", "scrypt:00:00", "plain:" + "00" * 16 + ":" + "00" * 32, "scrypt:zz:zz", "a:b:c:d"]
)
def test_a_line_that_is_no_token_is_refused_without_being_shown(line: str) -> None:
    with pytest.raises(ValueError, match="stored token") as refusal:
        SealedToken.parse(line)
    assert not line or line not in str(refusal.value)


def test_a_thought_up_token_or_short_salt_is_refused() -> None:
    with pytest.raises(ValueError, match="characters"):
        seal_token("password", SALT)
    with pytest.raises(ValueError, match="salt"):
        seal_token(TOKEN, b"salt")
