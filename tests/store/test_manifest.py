"""The manifest: everything comes back as it was written, and nothing damaged is believed."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.store.manifest import LAYOUT, Manifest, ManifestError, TableContent
from store.made import RETURN_END, manifest_of, one_return

WHOLE = replace(
    manifest_of(
        {"child": TableContent(2, "ab" * 32, ("child_id", "sex"))},
        returns=[one_return("ssda903", date(2015, 4, 1), RETURN_END, child=2, visit=0)],
        facts=["The district of 2 of 2 children is known."],
    ),
    id="20160401T000000Z-01234567",
    created=datetime(2016, 4, 1, 12, 30, 59, 123456, tzinfo=UTC),
    parent="20160301T000000Z-76543210",
    places="cd" * 32,
)


def test_it_comes_back_as_it_was_written() -> None:
    assert Manifest.from_json(json.loads(json.dumps(WHOLE.to_json()))) == WHOLE


def test_a_return_knows_its_folder_and_a_file_its_key() -> None:
    assert WHOLE.returns[0].folder == "ssda903-2016-03-31"
    assert WHOLE.inputs[0].key == WHOLE.inputs[0].sha256[:12]


def test_a_newer_layout_is_refused_by_name() -> None:
    values = WHOLE.to_json() | {"layout": LAYOUT + 1}
    with pytest.raises(ManifestError, match=r"written by a newer Sightline \(layout 2"):
        Manifest.from_json(values)


@pytest.mark.parametrize("key", sorted(WHOLE.to_json()))
def test_a_manifest_that_lacks_anything_is_damaged(key: str) -> None:
    values = WHOLE.to_json()
    del values[key]
    with pytest.raises(ManifestError, match="damaged manifest"):
        Manifest.from_json(values)


@given(
    key=st.sampled_from(sorted(WHOLE.to_json())),
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=6,
    ),
)
def test_a_wrong_value_is_damage_and_never_another_error(key: str, value: object) -> None:
    try:
        Manifest.from_json(WHOLE.to_json() | {key: value})
    except ManifestError:
        return


@pytest.mark.parametrize("values", [[], "text", None, 3])
def test_what_is_no_object_is_damaged(values: object) -> None:
    with pytest.raises(ManifestError, match="damaged manifest"):
        Manifest.from_json(values)  # type: ignore[arg-type]
