"""Person codes over made-up histories: given once, never changed, and the same whichever way a build came there."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fishplate.identity.codes import CODES, LINKS, NO_CODES, codes, give_codes
from fishplate.identity.linking import link
from fishplate.identity.rules import link as link_plainly
from fishplate.store.duckdb import DuckDB
from tests.generative.identities import identity_texts, relation

Table = dict[str, int]

Histories = st.lists(st.lists(identity_texts(), max_size=6), min_size=1, max_size=5)
"""Files as they arrive; each is a list of identities."""


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckDB]:
    with DuckDB(threads=1) as engine:
        yield engine


def history(files: list[list[str]]) -> Iterator[tuple[list[str], Table, Table]]:
    """Build after each file: the identities so far, the codes of them, and the table of codes."""
    seen: list[str] = []
    table: Table = {}
    for file in files:
        seen = seen + file
        of_identity, table = codes(table, link_plainly(seen))
        yield seen, of_identity, table


@given(Histories)
def test_bulk_equals_plain_python(engine: DuckDB, files: list[list[str]]) -> None:
    engine.run(f"CREATE OR REPLACE TEMP TABLE {CODES} AS FROM {NO_CODES}")
    for seen, of_identity, table in history(files):
        link(engine, relation(seen))
        give_codes(engine, CODES)
        assert dict(engine.rows(f"SELECT identity, person_code FROM {LINKS}")) == of_identity
        assert engine.rows(f"SELECT identity, person_code FROM {CODES}") == sorted(
            table.items(), key=lambda row: row[1]
        )


@given(Histories)
def test_codes_are_added_and_never_changed(files: list[list[str]]) -> None:
    before: Table = {}
    for _, of_identity, table in history(files):
        assert before.items() <= table.items()
        assert len(set(table.values())) == len(table)
        assert set(of_identity.values()) <= set(table.values())
        added = set(table.values()) - set(before.values())
        assert added == set(range(len(before) + 1, len(table) + 1))
        before = table


@given(Histories)
def test_a_full_rebuild_over_the_same_table_changes_nothing(files: list[list[str]]) -> None:
    *_, (seen, of_identity, table) = history(files)
    assert codes(table, link_plainly(reversed(seen))) == (of_identity, table)


@given(Histories)
def test_a_build_from_scratch_is_the_same_but_for_the_names_of_the_codes(files: list[list[str]]) -> None:
    *_, (seen, of_identity, _table) = history(files)
    afresh, _ = codes({}, link_plainly(seen))
    pairs = {(of_identity[identity], afresh[identity]) for identity in seen}
    assert len(pairs) == len({old for old, _ in pairs}) == len({new for _, new in pairs})


@given(Histories)
def test_who_holds_a_code_founded_on_one_of_their_own_identities(files: list[list[str]]) -> None:
    for _, of_identity, table in history(files):
        founded_on = {code: identity for identity, code in table.items()}
        for code in of_identity.values():
            assert of_identity[founded_on[code]] == code


@given(Histories, st.data())
def test_identities_that_leave_and_come_back_find_their_codes_again(
    files: list[list[str]], chance: st.DataObject
) -> None:
    *_, (seen, of_identity, table) = history(files)
    kept = chance.draw(st.lists(st.sampled_from(seen), unique=True)) if seen else []
    _, later = codes(table, link_plainly(kept))
    again, _ = codes(later, link_plainly(seen))
    assert again == of_identity
