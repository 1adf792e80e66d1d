"""What should have followed for one person, and whether it did: judged live over the published tables.

Takes an engine over one build, the standards and the place; gives the rows of `report/care.py`. Each person is
judged by the plain rules of `journeys/joins_of_person.py`, which every other engine is held to. Rule of this file:
both organisations are named or neither is, so that no failure is ever laid at one door.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property

from fishplate.care.joins import Basis, Flag, JoinState
from fishplate.care.organisations import ServiceKind
from fishplate.care.periods import Moment
from fishplate.care.words import UNKNOWN, Unknown
from fishplate.journeys.evidence import JudgedJoin, Place
from fishplate.journeys.joins_of_person import joins_of
from fishplate.report.care import CareJoin, CareJoins, JoinSide, JoinStandard, When
from fishplate.standards.standard import Standard
from fishplate.store.engine import Engine, name
from fishplate.wiring.person_records import TABLES, records_of
from fishplate.wiring.place_records import kinds_of, place_of


class JoinsOfPeople:
    """Judges the joins of one person at a time; the place is read once for each build."""

    def __init__(
        self, engine: Engine, standards: Sequence[Standard], named: str, zone: str, built_at: datetime
    ) -> None:
        """Read with `engine`; `named` is what the place is called, and `built_at` the moment of the build."""
        self._engine, self._standards = engine, tuple(standards)
        self._named, self._zone, self._built_at = named, zone, built_at

    @cached_property
    def _place(self) -> Place:
        return place_of(self._engine, self._standards, self._named, self._zone, self._built_at)

    @cached_property
    def _here(self) -> Mapping[str, Standard]:
        """The standards of which the directory has a kind of service that could come."""
        here = kinds_of(self._place)
        return {each.name: each for each in self._standards if here & set(each.meets)}

    @cached_property
    def _service_names(self) -> Mapping[str, str]:
        return {service.id: service.name for service in self._place.services}

    def of_person(self, person_code: int, organisations: Mapping[str, str]) -> CareJoins:
        """Every join of the person; `organisations` are names by identifier."""
        zone = self._place.calendar.zone
        rows = {table: [row[0] for row in self._engine.rows(self._sql(table), (person_code,))] for table in TABLES}
        records = records_of(str(person_code), rows, zone)
        joins = joins_of(records, self._here.values(), self._place)
        kinds = {leg.id: leg.service_kind for leg in records.legs}
        kinds |= {contact.id: kinds.get(contact.leg_id or "", contact.service_kind) for contact in records.contacts}
        judged = [join for join in joins if join.state is not JoinState.NOT_JUDGED]
        return CareJoins(
            joins=tuple(self._join(join, organisations, kinds) for join in judged),
            not_judged=len(joins) - len(judged),
            standards=len(self._here),
            as_of=When(self._place.calendar.local_day(self._place.as_of), self._place.as_of),
        )

    @staticmethod
    def _sql(table: str) -> str:
        return f"SELECT one FROM {name(table)} one WHERE one.person_code = ? ORDER BY one.source, one.record_id"

    def _join(self, join: JudgedJoin, organisations: Mapping[str, str], kinds: Mapping[str, ServiceKind]) -> CareJoin:
        """A judged join as a page says it: whoever came, by the kind that came; else whoever should have."""
        standard = self._here[join.standard or ""]
        from_name = named(join.from_organisation_id, organisations)
        to_name = named(join.to_organisation_id, organisations)
        if not from_name or not to_name:
            from_name = to_name = ""
        is_named = bool(from_name)
        return CareJoin(
            standard=standard_of(standard),
            state=join.state,
            reason=join.reason,
            flags=tuple(flag for flag in Flag if flag in join.flags),
            basis=tuple(basis for basis in Basis if basis in join.basis),
            set_going=standard.trigger.moment,
            triggered=when(join.triggered),
            came_from=JoinSide(join.from_kind, self._service(join.from_service_id, is_named), from_name),
            goes_to=JoinSide(
                kinds.get(join.match_id or "", join.to_kind), self._service(join.to_service_id, is_named), to_name
            ),
            due=when(join.due) if join.due else None,
            matched=when(join.matched) if join.matched else None,
        )

    def _service(self, service_id: str | Unknown, is_named: bool) -> str:
        known = is_named and service_id is not UNKNOWN
        return self._service_names.get(str(service_id), "") if known else ""


def standard_of(standard: Standard) -> JoinStandard:
    """What the page says of a standard."""
    source = standard.source
    return JoinStandard(standard.name, standard.question, source.text, source.section, source.version, source.checked)


def named(organisation_id: str | Unknown, organisations: Mapping[str, str]) -> str:
    """The name of an organisation, or its identifier where it has none; empty where nobody knows which it is."""
    return "" if organisation_id is UNKNOWN else organisations.get(organisation_id, organisation_id)


def when(moment: Moment) -> When:
    """A moment as a page says it. One known only by its day, or by a stretch of time, is said by its first day."""
    if not moment.is_date:
        return When(moment.on, moment.at)
    return When(moment.on)
