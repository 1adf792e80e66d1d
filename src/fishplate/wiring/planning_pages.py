"""The planning tables of one build, as pages may show them: suppressed here, before any page sees a figure.

Takes an engine over the published tables, the policy and the build's secret; gives the rows of `report/planning.py`.
Rules of this file: every count of people goes through the policy; flows and shapes of fewer people than the policy
shows are merged or left out by true counts, before rounding; a key is made of the secret and never of the code alone.
"""

import hmac
from collections.abc import Iterable, Mapping
from functools import cached_property
from hashlib import sha256
from itertools import groupby
from threading import RLock

from fishplate.measures.disclosure import Policy, suppress_table
from fishplate.report.planning import (
    Answers,
    Build,
    Feed,
    Flow,
    Hole,
    Journey,
    Leg,
    LineMap,
    OrganisationCount,
    Referral,
    Rejections,
    Said,
    Shape,
    Shapes,
    Spread,
    WholeJourneys,
)
from fishplate.store.engine import Engine, Row
from fishplate.wiring import planning_queries as queries

MOST_FLOWS = 40
MOST_SHAPES = 60
OF_EACH_SHAPE = 10
KEY_LETTERS = 20

LEG_STEPS = ((1, 1, "1"), (2, 4, "2 to 4"), (5, 9, "5 to 9"), (10, 19, "10 to 19"), (20, None, "20 or more"))
FEW_STEPS = ((0, 0, "None named"), (1, 1, "1"), (2, 2, "2"), (3, 3, "3"), (4, 4, "4"), (5, None, "5 or more"))
GAP_STEPS = (
    (None, 1, "None of 2 days or more"),
    (2, 6, "2 to 6 days"),
    (7, 29, "7 to 29 days"),
    (30, 89, "30 to 89 days"),
    (90, 364, "90 to 364 days"),
    (365, None, "A year or more"),
)
Steps = tuple[tuple[int | None, int | None, str], ...]


class BuiltPlanningTables:
    """The planning tables of one finished build; nothing in it changes while it is open."""

    def __init__(self, engine: Engine, build: Build, policy: Policy, secret: bytes, kinds: Mapping[str, str]) -> None:
        """Read with `engine`, under `policy`; `secret` makes the keys, `kinds` are the project's own words."""
        self._engine, self._build, self._policy, self._secret, self._kinds = engine, build, policy, secret, kinds
        # One connection answers one question at a time, while pages are made in several threads.
        self._lock = RLock()

    def build(self) -> Build:
        """Which build this is."""
        return self._build

    def kind_words(self) -> Mapping[str, str]:
        """The project's own names of service kinds, by code."""
        return self._kinds

    def answers(self) -> Answers | None:
        """What people said; None where nobody was asked."""
        ((asked, answered),) = self._rows(queries.ASKED)
        if not asked:
            return None
        shown = suppress_table([[answered, asked - answered]], self._policy)
        said: list[Said] = []
        for _, group in groupby(self._rows(queries.SAID), key=lambda row: row[0]):
            rows = list(group)
            cells = suppress_table([[row[3] for row in rows]], self._policy).cells[0]
            said += [Said(row[0], row[1], row[2], cell) for row, cell in zip(rows, cells, strict=True)]
        return Answers(shown.total, shown.cells[0][0], shown.cells[0][1], tuple(said))

    def whole_journeys(self) -> WholeJourneys:
        """Everybody's whole journey in figures, each a table whose total is everybody."""
        ((people, crossing, median_legs, median_organisations),) = self._rows(queries.WHOLE)
        split = suppress_table([[crossing, people - crossing]], self._policy)
        return WholeJourneys(
            people=split.total,
            crossing=split.cells[0][0],
            within_one=split.cells[0][1],
            median_legs=self._policy.average(median_legs or 0.0, people),
            median_organisations=self._policy.average(median_organisations or 0.0, people),
            legs=self._spread("legs", LEG_STEPS),
            service_kinds=self._spread("service_kinds", FEW_STEPS[1:]),
            organisations=self._spread("organisations", FEW_STEPS),
            longest_gaps=self._spread("coalesce(longest_uncovered_days, 0)", GAP_STEPS),
        )

    def line_map(self) -> LineMap:
        """The flows of enough people, the most pairs first; all others merged into one figure."""
        shown: list[Flow] = []
        merged_pairs = merged_flows = 0
        for from_kind, to_kind, pairs, people in self._rows(queries.FLOWS):
            if people <= self._policy.hides_to or len(shown) == MOST_FLOWS:
                merged_pairs, merged_flows = merged_pairs + pairs, merged_flows + 1
            else:
                shown.append(Flow(from_kind, to_kind, self._policy.suppress(pairs), self._policy.suppress(people)))
        return LineMap(tuple(shown), self._policy.suppress(merged_pairs), merged_flows)

    def organisations(self) -> tuple[OrganisationCount, ...]:
        """The organisations by name, never by a figure."""
        return tuple(
            OrganisationCount(n, kind, self._policy.suppress(people))
            for n, kind, people in self._rows(queries.ORGANISATIONS)
        )

    def shapes(self) -> Shapes:
        """The shapes that enough people share, the most shared first."""
        everybody = sum(row[1] for row in self._shape_rows)
        opened = [row for row in self._shape_rows if row[1] > self._policy.hides_to][:MOST_SHAPES]
        others = everybody - sum(row[1] for row in opened)
        table = suppress_table([[*(row[1] for row in opened), others]], self._policy)
        shapes = tuple(
            Shape(self._key("shape", row[0]), tuple(row[0].split(queries.BETWEEN)), cell)
            for row, cell in zip(opened, table.cells[0], strict=False)
        )
        return Shapes(shapes, table.cells[0][-1])

    def journeys_of(self, shape_key: str) -> tuple[Shape, tuple[Journey, ...]] | None:
        """A shape and ten journeys of it; None where no such shape may be opened."""
        shape = next((one for one in self.shapes().shapes if one.key == shape_key), None)
        if shape is None:
            return None
        keys = [key for key, (of, _) in self._opened.items() if of == shape_key]
        return shape, tuple(self._journey(key) for key in keys)

    def journey(self, key: str) -> Journey | None:
        """The journey with that key; None where there is none that may be opened."""
        return self._journey(key) if key in self._opened else None

    def rejections(self) -> tuple[Rejections, ...]:
        """What could not be used, by source and reason."""
        return tuple(
            Rejections(source, reason, words, field, what, self._policy.suppress(count), file, line)
            for source, reason, words, field, what, count, file, line in self._rows(queries.REJECTIONS)
        )

    def feeds(self) -> tuple[Feed, ...]:
        """Between which days each source is complete, and its holes."""
        return tuple(feeds_of(self._rows(queries.FEEDS)))

    @cached_property
    def _shape_rows(self) -> list[Row]:
        return self._rows(queries.SHAPES)

    @cached_property
    def _opened(self) -> dict[str, tuple[str, int]]:
        """The journeys that may be opened: by key, the key of their shape and the person's code, which stays here."""
        shapes = {row[0]: self._key("shape", row[0]) for row in self._shape_rows if row[1] > self._policy.hides_to}
        shown = {one.key for one in self.shapes().shapes}
        rows = self._rows(queries.SOME_OF_EACH_SHAPE, (self._secret.hex(), OF_EACH_SHAPE, self._policy.hides_to))
        return {
            self._key("journey", str(code)): (shapes[shape], code) for shape, code in rows if shapes[shape] in shown
        }

    def _journey(self, key: str) -> Journey:
        shape_key, code = self._opened[key]
        legs = self._rows(queries.LEGS, (code,))
        first_on = min(row[2] for row in legs)
        referrals = self._rows(queries.REFERRALS, (code,))
        return Journey(
            key,
            shape_key,
            tuple(
                Leg(
                    kind or "",
                    leg_kind,
                    (start - first_on).days,
                    None if end is None else (end - first_on).days,
                    told or "",
                )
                for kind, leg_kind, start, end, told in legs
            ),
            tuple(
                Referral(
                    from_kind or "",
                    to_kind or "",
                    max(0, (sent - first_on).days),
                    None if accepted is None else (accepted - first_on).days,
                    None if rejected is None else (rejected - first_on).days,
                )
                for from_kind, to_kind, sent, accepted, rejected in referrals
            ),
        )

    def _spread(self, figure: str, steps: Steps) -> Spread:
        cases = ", ".join(queries.count_between(figure, low, high) for low, high, _ in steps)
        ((*counts,),) = self._rows(f"SELECT {cases} FROM journeys")
        cells = suppress_table([counts], self._policy).cells[0]
        return Spread(tuple((words, cell) for (_, _, words), cell in zip(steps, cells, strict=True)))

    def _key(self, of: str, text: str) -> str:
        """A random key that says nothing without the build's secret."""
        return hmac.new(self._secret, f"{of}:{text}".encode(), sha256).hexdigest()[:KEY_LETTERS]

    def _rows(self, sql: str, params: tuple[object, ...] = ()) -> list[Row]:
        with self._lock:
            return self._engine.rows(sql, params)


def feeds_of(rows: Iterable[Row]) -> Iterable[Feed]:
    """The feeds with their holes, from rows that stand by source."""
    for source, group in groupby(rows, key=lambda row: row[0]):
        of_source = list(group)
        stated = next((row for row in of_source if row[3] is None), of_source[0])
        holes = tuple(
            Hole(row[3], row[4], row[5] or "") for row in of_source if row[3] is not None and row[4] is not None
        )
        yield Feed(source, stated[1], stated[2], holes)
