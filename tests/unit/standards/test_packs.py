"""Many standards together: a place's own file replaces a shipped one, and every fault of every file is told at once."""

import pytest

from fishplate.errors import ProjectFaults
from fishplate.standards.packs import read_packs
from fishplate.standards.reading import StandardText
from tests.unit.standards.paper import SOUND, VOCABULARY, spoilt


def shipped(text: str = SOUND, file: str = "discharge/ward.toml") -> StandardText:
    return StandardText(file, "discharge", text)


def own(text: str, file: str = "our/ward.toml") -> StandardText:
    return StandardText(file, "our", text)


def test_a_later_file_of_the_same_name_replaces_an_earlier_and_says_so() -> None:
    found = read_packs([shipped(), own(spoilt('version = "3"', 'version = "ours"'))], VOCABULARY)
    (standard,) = found.values()
    assert (standard.version, standard.pack, standard.read_from) == ("ours", "our", "our/ward.toml")
    assert standard.replaces == "discharge/ward.toml"


def test_a_place_adds_one_of_its_own() -> None:
    found = read_packs([shipped(), own(spoilt("ward_to_reablement", "ward_to_lunch_club"))], VOCABULARY)
    assert list(found) == ["ward_to_reablement", "ward_to_lunch_club"]
    assert not any(standard.replaces for standard in found.values())


def test_two_files_of_one_pack_do_not_replace_each_other_by_accident() -> None:
    with pytest.raises(ProjectFaults, match="is that of discharge/ward"):
        read_packs([shipped(), shipped(file="discharge/ward_2.toml")], VOCABULARY)


def test_the_faults_of_every_file_are_told_at_once() -> None:
    bad = [shipped(spoilt('due = "2 days"', 'due = "soon"')), own(spoilt('state = "held"', 'state = "hold"'))]
    with pytest.raises(ProjectFaults) as refused:
        read_packs(bad, VOCABULARY)
    assert [fault.file.split(":")[0] for fault in refused.value.faults] == ["discharge/ward.toml", "our/ward.toml"]
