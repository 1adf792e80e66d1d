"""Made-up identities, as nasty as sources send them: few numbers, few dates, few local ids, so that all collide."""

from hypothesis import strategies as st

from fishplate.records.anchors import join
from fishplate.store.engine import literal

NUMBERS = ("9434765919", "4010232137", "9000000009")
BIRTHS = ("1940-01-31", "1971-05-02")
LOCAL_IDS = tuple(f"{system}|{value}" for system in ("ward", "council", "src#Patient") for value in ("1", "2", "O'é"))


def perhaps(values: tuple[str, ...], prefix: str, blanks: int) -> st.SearchStrategy[tuple[str, ...]]:
    """One anchor of a namespace, or none: each value is as likely as each of so many blanks."""
    return st.sampled_from([*((f"{prefix}|{value}",) for value in values), *([()] * blanks)])


@st.composite
def identity_texts(draw: st.DrawFn, local_ids: tuple[str, ...] = LOCAL_IDS) -> str:
    """One identity: at most one number, up to three local ids, at most one date of birth, and never the date alone.

    Most have no date and many no number, so that chains between two people are as likely as plain disagreement.
    """
    number = draw(perhaps(NUMBERS, "nhs", blanks=4))
    fewest = 0 if number else 1
    local = draw(st.lists(st.sampled_from(local_ids), min_size=fewest, max_size=3, unique=True))
    return join((*number, *local, *draw(perhaps(BIRTHS, "born", blanks=6))))


identity_lists = st.one_of(
    st.lists(identity_texts(), max_size=6),
    st.lists(identity_texts(), min_size=8, max_size=16),
    st.lists(identity_texts(tuple(f"chain|{n}" for n in range(6))), min_size=4, max_size=8),
    st.lists(identity_texts(tuple(f"chain|{n}" for n in range(20))), min_size=10, max_size=20),
)
"""A few identities, a tangle, or chains of local ids, loose enough for several people to be found in them."""


def relation(identities: list[str]) -> str:
    """Identities as SQL text of a relation, repeats and all."""
    return f"(SELECT unnest([{', '.join(map(literal, identities))}]::VARCHAR[]) AS identity)"
