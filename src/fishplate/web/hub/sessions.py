"""Who is signed in, and which record a one-off address stands for: kept here, never in a cookie or an address.

Takes the moment and fresh random texts from outside. A cookie holds only a random session id and its signature; an
address of a record holds only a random handle, which is good for one session and a quarter of an hour. All of it is
gone when the process ends. Rule of this file: everything has a limit in number and in time.
"""

import hmac
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from threading import Lock

from fishplate.access.purpose import Purpose
from fishplate.access.relationship import Override
from fishplate.access.worker import Worker

IDLE = timedelta(minutes=20)
LONGEST = timedelta(hours=8)
HANDLE_LASTS = timedelta(minutes=15)
MOST_SESSIONS = 5_000
MOST_HANDLES = 100


@dataclass(frozen=True, slots=True)
class Opened:
    """What a handle stands for: a person found (or nobody), and once stated the purpose and any override."""

    person_code: int | None
    until_at: datetime
    purpose: Purpose | None = None
    override: Override | None = None


@dataclass(slots=True)
class Session:
    """One browser's visit: signed in once `worker` is set."""

    id: str
    form_token: str
    started_at: datetime
    seen_at: datetime
    worker: Worker | None = None
    handles: OrderedDict[str, Opened] = field(default_factory=OrderedDict)


class Sessions:
    """All visits of this process."""

    def __init__(self, secret: bytes, now: Callable[[], datetime], fresh: Callable[[], str]) -> None:
        """Sign with `secret`; `now` gives the moment, `fresh` an unguessable text each time."""
        self._secret, self._now, self._fresh = secret, now, fresh
        self._open: OrderedDict[str, Session] = OrderedDict()
        self._lock = Lock()

    def begin(self, worker: Worker | None = None) -> Session:
        """A new visit; the oldest is dropped where there are too many."""
        at = self._now()
        session = Session(self._fresh(), self._fresh(), at, at, worker)
        with self._lock:
            self._open[session.id] = session
            while len(self._open) > MOST_SESSIONS:
                self._open.popitem(last=False)
        return session

    def of(self, cookie: str) -> Session | None:
        """The visit a cookie belongs to; None where the signature is wrong or the visit is over."""
        identifier, _, signature = cookie.partition(".")
        if not hmac.compare_digest(signature.encode(), self._signature(identifier).encode()):
            return None
        at = self._now()
        with self._lock:
            session = self._open.get(identifier)
            if session is None:
                return None
            if at - session.seen_at > IDLE or at - session.started_at > LONGEST:
                del self._open[identifier]
                return None
            session.seen_at = at
        return session

    def end(self, session: Session) -> None:
        """Sign out: the visit and all its handles are forgotten."""
        with self._lock:
            self._open.pop(session.id, None)

    def cookie(self, session: Session) -> str:
        """The signed text of the visit's cookie."""
        return f"{session.id}.{self._signature(session.id)}"

    def handle(
        self,
        session: Session,
        person_code: int | None,
        purpose: Purpose | None = None,
        override: Override | None = None,
    ) -> str:
        """A fresh address part that stands for the record, in this visit only and not for long."""
        handle = self._fresh()
        session.handles[handle] = Opened(person_code, self._now() + HANDLE_LASTS, purpose, override)
        while len(session.handles) > MOST_HANDLES:
            session.handles.popitem(last=False)
        return handle

    def opened(self, session: Session, handle: str) -> Opened | None:
        """What a handle stands for; None where it is of another visit, or no longer good."""
        found = session.handles.get(handle)
        if found is None or found.until_at < self._now():
            session.handles.pop(handle, None)
            return None
        return found

    def _signature(self, identifier: str) -> str:
        return hmac.new(self._secret, identifier.encode(), sha256).hexdigest()


class Limit:
    """So many tries within so long, by name; with too many names the oldest are forgotten."""

    MOST_NAMES = 10_000

    def __init__(self, tries: int, within: timedelta, now: Callable[[], datetime]) -> None:
        """Allow `tries` in each stretch of `within`."""
        self._tries, self._within, self._now = tries, within, now
        self._made: OrderedDict[str, list[datetime]] = OrderedDict()
        self._lock = Lock()

    def allows(self, name: str) -> bool:
        """Whether one more try is within the limit; it is counted either way."""
        at = self._now()
        with self._lock:
            made = [then for then in self._made.pop(name, []) if at - then < self._within]
            allowed = len(made) < self._tries
            self._made[name] = [*made, at] if allowed else made
            while len(self._made) > self.MOST_NAMES:
                self._made.popitem(last=False)
        return allowed

    def forget(self, name: str) -> None:
        """Begin again for a name, after a success."""
        with self._lock:
            self._made.pop(name, None)
