"""Visits, one-off addresses and limits: all of them end."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from fishplate.web.hub.sessions import HANDLE_LASTS, IDLE, LONGEST, MOST_HANDLES, Limit, Sessions


class Clock:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.at = datetime(2026, 1, 16, 16, 40, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sessions(clock: Clock) -> Sessions:
    numbers = count()
    return Sessions(b"secret", clock, lambda: f"fresh{next(numbers)}")


def test_a_cookie_belongs_to_its_visit_and_a_changed_one_to_none(sessions: Sessions) -> None:
    session = sessions.begin()
    cookie = sessions.cookie(session)
    assert sessions.of(cookie) is session
    for changed in ("", ".", session.id, cookie[:-1], f"other.{cookie.partition('.')[2]}", "é.é"):
        assert sessions.of(changed) is None


def test_a_visit_that_is_used_goes_on_but_not_for_ever(sessions: Sessions, clock: Clock) -> None:
    session = sessions.begin()
    cookie, began = sessions.cookie(session), clock.at
    while clock.at - began + IDLE <= LONGEST:
        clock.at += IDLE
        assert sessions.of(cookie) is session
    clock.at += IDLE
    assert sessions.of(cookie) is None


def test_a_handle_ends_and_the_oldest_makes_room(sessions: Sessions, clock: Clock) -> None:
    session = sessions.begin()
    first = sessions.handle(session, 7)
    found = sessions.opened(session, first)
    assert found is not None
    assert found.person_code == 7
    assert sessions.opened(sessions.begin(), first) is None
    for _ in range(MOST_HANDLES):
        last = sessions.handle(session, 8)
    assert sessions.opened(session, first) is None
    clock.at += HANDLE_LASTS + timedelta(seconds=1)
    assert sessions.opened(session, last) is None


def test_a_limit_counts_by_name_and_lets_go_in_time(clock: Clock) -> None:
    limit = Limit(2, timedelta(minutes=15), clock)
    assert [limit.allows("n1") for _ in range(3)] == [True, True, False]
    assert limit.allows("n2")
    clock.at += timedelta(minutes=15)
    assert limit.allows("n1")
