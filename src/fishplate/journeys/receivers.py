"""Who could have come, and what their feeds could have shown.

Takes the referrals of a join, or the kinds of service that can meet its need, and the place; gives the possible
receivers, and of their feeds the completeness and the holes. The rules of this file (design/joins.md, *Possible
receivers*, *Time* and *State* 6):

* Those that a referral names; if none names any, all that the directory lists for the kinds and the place. Each
  referral that names somebody is one receiver, so that no count hangs on the code of an organisation.
* Every feed that covers a receiver counts, and the join's is complete until the earliest of them.
* What came before a feed says it is complete from is a hole.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from fishplate.care.clocks import last_instant
from fishplate.care.hours import WatchedHours, Window, merged
from fishplate.care.organisations import Service, ServiceKind
from fishplate.care.referrals import Referral
from fishplate.care.words import UNKNOWN, Unknown
from fishplate.journeys.evidence import Feed, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """One service, or an organisation's services of one kind, that could have come."""

    kind: ServiceKind
    organisation_id: str | Unknown = UNKNOWN
    service_id: str | Unknown = UNKNOWN
    watched: WatchedHours | Unknown = UNKNOWN


def possible_receivers(
    referrals: Iterable[Referral], kinds: tuple[ServiceKind, ...], place: Place
) -> tuple[Receiver, ...]:
    """Those whom a referral names; if none does, all whom the directory lists for these kinds and the place."""
    named = [each for referral in referrals if names_somebody(referral) for each in receivers_named(referral, place)]
    return tuple(named) or listed(kinds, place)


def names_somebody(referral: Referral) -> bool:
    """Whether the referral says whom it asked, by service or by organisation."""
    return referral.to_service_id is not UNKNOWN or referral.to_organisation_id is not UNKNOWN


def receivers_named(referral: Referral, place: Place) -> tuple[Receiver, ...]:
    """Whom the referral names: each service of the directory that it may mean, or else just what it says."""
    found = [service for service in place.services if is_named(service, referral)]
    return tuple(receiver(service) for service in found) or (
        Receiver(
            kind=referral.to_kind,
            organisation_id=referral.to_organisation_id,
            service_id=referral.to_service_id,
        ),
    )


def receiver(service: Service) -> Receiver:
    """A service of the directory as a possible receiver."""
    return Receiver(
        kind=service.kind, organisation_id=service.organisation_id, service_id=service.id, watched=service.watched
    )


def is_named(service: Service, referral: Referral) -> bool:
    """Whether the referral means this service: by its id, or by its organisation and kind where it gives no id."""
    if referral.to_service_id is not UNKNOWN:
        return service.id == referral.to_service_id
    return service.organisation_id == referral.to_organisation_id and service.kind is referral.to_kind


def listed(kinds: tuple[ServiceKind, ...], place: Place) -> tuple[Receiver, ...]:
    """Every service of these kinds that serves the place, or may: an entry without a place is not left out."""
    return tuple(
        receiver(each)
        for each in place.services
        if each.kind in kinds and (place.name is UNKNOWN or each.place is UNKNOWN or each.place == place.name)
    )


def all_watched(hours: Iterable[WatchedHours | Unknown]) -> WatchedHours | Unknown:
    """The hours in which somebody of them watches; unknown where it is of any of them, or there is nobody."""
    windows: list[Window] = []
    each_known = list(hours)
    for known in each_known:
        if known is UNKNOWN:
            return UNKNOWN
        windows += known.windows
    return WatchedHours(merged(windows)) if each_known else UNKNOWN


def covers(feed: Feed, kind: ServiceKind, organisation_id: str | Unknown, service_id: str | Unknown) -> bool:
    """Whether the records of such a service would be in this feed."""
    return (
        (feed.service_kind is None or feed.service_kind is kind)
        and (feed.organisation_id is None or feed.organisation_id == organisation_id)
        and (feed.service_id is None or feed.service_id == service_id)
    )


def feeds_of(receiver: Receiver, place: Place) -> tuple[Feed, ...]:
    """Every feed that covers this receiver and of which something was received."""
    return tuple(
        feed
        for feed in place.feeds
        if feed.complete_until is not None
        and covers(feed, receiver.kind, receiver.organisation_id, receiver.service_id)
    )


def has_hole(feeds: Iterable[Feed], start: datetime, end: datetime) -> bool:
    """Whether any of the feeds has a hole at any instant from the start to the end, both included."""
    return any(
        (feed.complete_from is not None and start < feed.complete_from.at)
        or any(hole.start.at <= end and (hole.end is None or start <= last_instant(hole.end)) for hole in feed.holes)
        for feed in feeds
    )
