"""What a load does to a store: replaces, carries over, merges years, or leaves it as it was."""

import shutil
import zipfile
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from sightline.export.workbook import write_workbook
from sightline.intake.load import LoadSummary, load
from sightline.intake.parts import UnreadableFileError
from sightline.store.snapshots import Store

Episode = dict[str, str]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "files"
    made.mkdir()
    return made


def census(folder: Path, end: str, episodes: dict[str, Episode], *, lea: str = "885") -> Path:
    """Write a census to a day, with one episode a child, of the elements given."""
    children = "".join(
        f"<Child><ChildIdentifiers><LAchildID>{child}</LAchildID></ChildIdentifiers>\n<CINdetails>"
        + "".join(f"<{name}>{value}</{name}>" for name, value in episode.items())
        + "</CINdetails></Child>\n"
        for child, episode in episodes.items()
    )
    source = f"<Source><LEA>{lea}</LEA></Source>" if lea else ""
    path = folder / f"cin {end} {len(list(folder.iterdir()))}.xml"
    path.write_text(
        "<Message><Header><CollectionDetails><Collection>CIN</Collection>"
        f"<Year>{end[:4]}</Year><ReferenceDate>{end}</ReferenceDate></CollectionDetails>{source}"
        f"</Header>\n<Children>\n{children}</Children></Message>",
        "utf-8",
    )
    return path


def opened(day: str, **more: str) -> Episode:
    return {"CINreferralDate": day, "ReferralSource": "6", "PrimaryNeedCode": "N1", **more}


def ask(summary: LoadSummary, sql: str) -> list[tuple[object, ...]]:
    with summary.snapshot.connect() as connection:
        return connection.execute(sql).fetchall()


def referrals(summary: LoadSummary) -> list[tuple[object, ...]]:
    return ask(
        summary,
        "SELECT child_id, CAST(referral_date AS VARCHAR), primary_need, "
        "CAST(closure_date AS VARCHAR), CAST(return_end AS VARCHAR) FROM referral ORDER BY ALL",
    )


def hashes(summary: LoadSummary) -> dict[str, str]:
    return {name: of.hash for name, of in summary.snapshot.manifest.tables.items()}


def held(store: Store) -> dict[str, bytes]:
    """Every file of a store with what is in it."""
    return {
        str(path.relative_to(store.path)): path.read_bytes()
        for path in sorted(store.path.rglob("*"))
        if path.is_file() and path.name != "lock"
    }


# -- one load --------------------------------------------------------------------------------


def test_a_load_says_what_it_did(store: Store, folder: Path) -> None:
    file = census(folder, "2016-03-31", {"A": opened("2015-05-01"), "B": opened("2015-06-31")})
    told: list[str] = []
    summary = load([file], store, progress=told.append)
    assert referrals(summary) == [("A", "2015-05-01", "N1", None, "2016-03-31")]
    said = summary.to_json()
    assert said["snapshot"] == store.current().id
    assert said["tables"] == {"child": 2, "referral": 1}
    assert said["rejected"] == 1
    assert said["findings"] == 2
    (given,) = said["inputs"]
    assert (given["path"], given["format"]) == (str(file), "cin")
    # Four blocks of children and episodes; the fourth has no date that can be read.
    assert (given["rows_read"], given["rows_kept"]) == (4, 3)
    assert len(told) > 3
    assert ask(
        summary,
        "SELECT code, place, table_name, column_name, value FROM finding ORDER BY code",
    ) == [
        ("impossible-date", "line 6", "referral", "referral_date", "2015-06-31"),
        ("row-without-key", "line 6", "referral", "referral_date", "2015-06-31"),
    ]


def test_the_same_files_give_the_same_tables(store: Store, folder: Path, tmp_path: Path) -> None:
    files = [
        census(folder, "2016-03-31", {f"C{n}": opened("2015-05-01") for n in range(50)}),
        census(folder, "2017-03-31", {f"C{n}": opened("2016-05-01") for n in range(50)}),
    ]
    first = load(files, store)
    again = load(files, store)
    elsewhere = load(reversed(files), Store(tmp_path / "elsewhere"))
    assert hashes(first) == hashes(again) == hashes(elsewhere)
    assert again.snapshot.manifest.parent == first.snapshot.id
    assert again.snapshot.id != first.snapshot.id


def test_a_folder_and_a_zip_of_it_are_the_same(store: Store, folder: Path, tmp_path: Path) -> None:
    census(folder, "2016-03-31", {"A": opened("2015-05-01")})
    census(folder, "2017-03-31", {"A": opened("2016-05-01")})
    packed = tmp_path / "returns.zip"
    with zipfile.ZipFile(packed, "w") as zipped:
        for path in sorted(folder.iterdir()):
            zipped.write(path, path.name)
    assert referrals(load([folder], store)) == referrals(load([packed], Store(tmp_path / "of zip")))


def test_a_file_given_twice_is_read_once_and_it_is_said(store: Store, folder: Path) -> None:
    file = census(folder, "2016-03-31", {"A": opened("2015-05-01")})
    copy = folder / "copy.xml"
    copy.write_bytes(file.read_bytes())
    summary = load([file, copy], store)
    assert len(referrals(summary)) == 1
    assert ask(summary, "SELECT code, file FROM finding") == [("same-file-twice", str(copy))]


# -- loads that follow one another ------------------------------------------------------------


def test_a_return_given_again_replaces_the_one_before(store: Store, folder: Path) -> None:
    load(
        [census(folder, "2016-03-31", {"A": opened("2015-05-01"), "B": opened("2015-06-01")})],
        store,
    )
    summary = load(
        [census(folder, "2016-03-31", {"A": opened("2015-05-01", CINclosureDate="2016-01-05")})],
        store,
    )
    assert referrals(summary) == [("A", "2015-05-01", "N1", "2016-01-05", "2016-03-31")]
    assert [each.folder for each in summary.replaced] == ["cin-2016-03-31"]
    assert summary.carried == ()
    assert len(summary.snapshot.manifest.inputs) == 1
    # A corrected file is no change from one return to the next.
    assert ask(summary, "SELECT * FROM finding") == []


def test_other_periods_and_formats_are_carried_over(store: Store, folder: Path) -> None:
    load([census(folder, "2016-03-31", {"A": opened("2015-05-01")})], store)
    lists = folder / "list 1.csv"
    lists.write_text(
        "Child Unique ID,Gender,Ethnicity,Date of Birth,Age of Child (Years),Date of Contact,"
        "Contact Source\nA,a) Female,a) WBRI,01/02/2010,6,05/05/2016,6\n",
        "utf-8",
    )
    load([lists], store)
    summary = load([census(folder, "2017-03-31", {"B": opened("2016-05-01")})], store)
    assert sorted(each.format for each in summary.carried) == ["annex_a", "cin"]
    assert summary.replaced == ()
    assert [row[:2] for row in referrals(summary)] == [("A", "2015-05-01"), ("B", "2016-05-01")]
    assert ask(summary, "SELECT child_id, CAST(contact_date AS VARCHAR) FROM contact") == [
        ("A", "2016-05-05")
    ]
    # The sources meet on the child's identifier.
    assert ask(summary, "SELECT child_id, sex FROM child ORDER BY 1") == [("A", "F"), ("B", None)]
    assert len(summary.snapshot.manifest.inputs) == 3
    assert len(summary.inputs) == 1


def test_fresh_starts_from_nothing(store: Store, folder: Path) -> None:
    first = load([census(folder, "2016-03-31", {"A": opened("2015-05-01")})], store)
    second = load([census(folder, "2017-03-31", {"B": opened("2016-05-01")})], store, fresh=True)
    assert [row[0] for row in referrals(second)] == ["B"]
    assert second.carried == ()
    assert second.snapshot.manifest.parent == first.snapshot.id
    assert [row[0] for row in referrals(first)] == ["A"]


def test_one_by_one_is_the_same_as_all_at_once(store: Store, folder: Path, tmp_path: Path) -> None:
    files = [
        census(folder, f"{year}-03-31", {"A": opened("2014-05-01", PrimaryNeedCode=need)})
        for year, need in ((2015, "N1"), (2016, "N2"), (2017, "N3"))
    ]
    together = load(files, Store(tmp_path / "together"))
    for file in (files[2], files[0], files[1]):
        last = load([file], store)
    assert hashes(last) == hashes(together)


# -- several years ----------------------------------------------------------------------------


def test_an_episode_in_two_returns_is_one_and_the_later_return_wins(
    store: Store, folder: Path
) -> None:
    earlier = census(folder, "2016-03-31", {"A": opened("2015-05-01", PrimaryNeedCode="N2")})
    later = census(folder, "2017-03-31", {"A": opened("2015-05-01", CINclosureDate="2016-07-01")})
    for files in ([earlier, later], [later, earlier]):
        summary = load(files, store, fresh=True)
        assert referrals(summary) == [("A", "2015-05-01", "N1", "2016-07-01", "2017-03-31")]
        assert ask(
            summary, "SELECT code, file, place, column_name, value, message FROM finding"
        ) == [
            (
                "changed-since-earlier-return",
                str(later),
                "line 4",
                "primary_need",
                "N1",
                "primary need: N1 here, but N2 in the return to 2016-03-31; "
                "the later return was used",
            )
        ]


def test_an_open_episode_that_a_later_return_lacks_stays_and_is_reported(
    store: Store, folder: Path
) -> None:
    summary = load(
        [
            census(folder, "2016-03-31", {"A": opened("2015-05-01")}),
            census(folder, "2017-03-31", {"B": opened("2016-05-01")}),
        ],
        store,
    )
    assert [row[0] for row in referrals(summary)] == ["A", "B"]
    assert ask(summary, "SELECT code, place FROM finding") == [("open-but-gone", "line 4")]


# -- the store as it was ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "broken",
    [
        "<Message><Children><Child><ChildIdentifiers><LAchildID>B</LAchildID>",
        "<!DOCTYPE Message [<!ENTITY a 'b'>]><Message><CINdetails/></Message>",
        "<Message><Header><CollectionDetails><Collection>CIN</Collection></CollectionDetails>"
        "</Header><Children/></Message>",
        "nothing we know\n1\n",
    ],
)
def test_a_file_that_cannot_be_read_leaves_the_store_as_it_was(
    store: Store, folder: Path, broken: str
) -> None:
    load([census(folder, "2016-03-31", {"A": opened("2015-05-01")})], store)
    before = held(store)
    good = census(folder, "2017-03-31", {"A": opened("2016-05-01")})
    bad = folder / "bad.xml"
    bad.write_text(broken, "utf-8")
    with pytest.raises(UnreadableFileError) as error:
        load([good, bad], store)
    assert str(error.value).startswith(f"{bad}: ")
    assert "\n" not in str(error.value)
    assert held(store) == before


def test_a_store_is_not_begun_by_a_load_that_fails(store: Store, folder: Path) -> None:
    with pytest.raises(UnreadableFileError):
        load([folder / "absent.xml"], store)
    assert not store.path.exists()


def test_a_return_of_another_authority_is_refused(store: Store, folder: Path) -> None:
    load([census(folder, "2016-03-31", {"A": opened("2015-05-01")})], store, authority="885")
    before = held(store)
    other = census(folder, "2017-03-31", {"A": opened("2016-05-01")}, lea="351")
    with pytest.raises(UnreadableFileError, match=r"authority 351, not 885"):
        load([other], store, authority="885")
    assert held(store) == before
    unnamed = census(folder, "2017-03-31", {"A": opened("2016-05-01")}, lea="")
    summary = load([unnamed], store, authority="885")
    assert {each.authority for each in summary.snapshot.manifest.returns} == {"885"}


def test_returns_of_two_authorities_are_never_counted_together_in_silence(
    store: Store, folder: Path
) -> None:
    own = census(folder, "2016-03-31", {"A": opened("2016-01-01")})
    other = census(folder, "2017-03-31", {"B": opened("2016-05-01")}, lea="351")
    said = "SELECT value, message FROM finding WHERE code = 'other-authority'"
    load([own], store)
    for again in (load([other], store), load([own, other], store, fresh=True)):
        [(value, message)] = ask(again, said)
        assert value == "351"
        assert message == (
            "The file is of authority 351, and others of 885: the children of both are counted "
            "together."
        )
    assert ask(load([other], store, fresh=True), said) == []


def test_a_return_replaced_by_that_of_another_authority_is_told(store: Store, folder: Path) -> None:
    load([census(folder, "2016-03-31", {"A": opened("2016-01-01")})], store)
    other = census(folder, "2016-03-31", {"B": opened("2016-01-01")}, lea="351")
    facts = load([other], store).snapshot.manifest.facts
    assert any(
        fact.startswith("Returns of authority 885 were replaced by those of 351") for fact in facts
    )


def test_a_store_of_no_stated_authority_takes_what_the_file_says(
    store: Store, folder: Path
) -> None:
    summary = load([census(folder, "2016-03-31", {"A": opened("2015-05-01")}, lea="351")], store)
    (kept,) = summary.snapshot.manifest.returns
    assert (kept.authority, kept.period_start, kept.period_end) == (
        "351",
        date(2015, 4, 1),
        date(2016, 3, 31),
    )


def test_a_line_of_totals_is_a_finding_and_no_child(store: Store, folder: Path) -> None:
    (folder / "list-1.csv").write_text(
        "Child Unique ID,Gender,Ethnicity,Date of Birth,Age,Date of Contact,Contact Source\n"
        "TOTAL1,a) Male,a) WBRI,2010-01-01,5,2015-10-01,6: Police\n"
        "Total children: 1,,,,,,\n",
        "utf-8",
    )
    summary = load([folder], store)
    assert ask(summary, "SELECT child_id FROM child") == [("TOTAL1",)]
    assert ask(summary, "SELECT code, place, value FROM finding") == [
        ("total-line", "line 3", "Total children: 1")
    ]


# -- the child of a finding -------------------------------------------------------------------

CONTACTS = (
    "Child Unique ID,Gender,Ethnicity,Date of Birth,Age,Date of Contact,Contact Source\n"
    "C1,a) Male,a) WBRI,2010-01-01,5,2015-10-01,6: Police\n"
)


def children_of(summary: LoadSummary) -> dict[object, object]:
    """The children of each kind of finding, in order of place."""
    rows = ask(summary, "SELECT code, child_id FROM finding ORDER BY code, line, value")
    found: dict[object, list[object]] = {}
    for code, child in rows:
        found.setdefault(code, []).append(child)
    return found


def test_a_finding_names_the_child_where_the_row_does(store: Store, folder: Path) -> None:
    (folder / "list-1.csv").write_text(
        CONTACTS
        + "C1,a) Male,a) WBRI,2010-01-01,5,2015-10-01,6: Police\n"
        + "C2,a) Male,a) WBRI,2010-02-30,5,2015-10-01,6: Police\n"  # a date that cannot be
        + "C3,a) Male,a) WBRI,2010-01-01,5,,6: Police\n"  # no contact
        + "C4,a) Male,a) WBRI,2010-01-01,5,2015-10-02,Bees,spare\n"  # no code; a cell too many
        + "C5,#N/A,a) WBRI,2010-01-01,5,2015-10-02,PlaceholderStr\n"
        + "C6,a) Male,a) WBRI,2010-01-01,5,2015-10-02,PlaceholderStr\n"
        + ",a) Male,a) WBRI,2010-01-01,5,2015-10-03,6: Police\n",  # no identifier
        "utf-8",
    )
    assert children_of(load([folder], store)) == {
        "duplicate-record": ["C1"],
        "impossible-date": ["C2"],
        "row-without-key": ["C3", None],
        "unknown-code": ["C4"],
        "placeholder": [None],  # of two children alike
        "long-row": ["C4"],
        "excel-error": ["C5"],
    }


def test_a_finding_of_a_workbook_names_the_child(store: Store, folder: Path) -> None:
    rows = [line.split(",") for line in CONTACTS.splitlines()]
    rows[1][3] = "#N/A"
    write_workbook(folder / "a.xlsx", [("A12", rows)], title="", comments="")
    summary = load([folder], store)
    assert ask(summary, "SELECT code, place, line, child_id FROM finding") == [
        ("excel-error", "A12!D2", 2, "C1")
    ]


def test_what_two_returns_disagree_on_names_the_child(store: Store, folder: Path) -> None:
    first = census(folder, "2015-03-31", {"A": opened("2014-05-01", ReferralNFA="0")})
    second = census(folder, "2016-03-31", {"A": opened("2014-05-01", ReferralNFA="1")})
    assert children_of(load([first, second], store)) == {"changed-since-earlier-return": ["A"]}


def test_findings_of_an_older_store_are_carried_over(store: Store, folder: Path) -> None:
    (folder / "list-1.csv").write_text(CONTACTS.replace("2010-01-01", "2010-02-30"), "utf-8")
    held_before = load([folder], store).snapshot
    for path in held_before.folder.rglob("*.parquet"):
        if path.name.startswith("finding"):
            rows = pq.read_table(path).drop_columns(["child_id"])
            pq.write_table(rows, path)
    other = census(folder, "2016-03-31", {"A": opened("2015-05-01")})
    assert children_of(load([other], store)) == {"impossible-date": [None]}


# -- places -----------------------------------------------------------------------------------


def districts(summary: LoadSummary) -> dict[object, object]:
    return dict(ask(summary, "SELECT child_id, district FROM referral"))


def test_places_give_districts_and_are_kept_until_others_are_given(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    file = census(folder, "2016-03-31", {"A": opened("2015-05-01"), "B": opened("2015-05-02")})
    places = tmp_path / "places.csv"
    places.write_text("kind,place,district\nchild,A,Redditch\n", "utf-8")
    summary = load([file], store, places=places)
    assert districts(summary) == {"A": "Redditch", "B": None}
    assert any("1 of 2 children" in fact for fact in summary.snapshot.manifest.facts)
    places.write_text("kind,place,district\nchild,A,Wyre Forest\nchild,B,Wychavon\n", "utf-8")
    assert districts(load([file], store)) == {"A": "Redditch", "B": None}
    assert districts(load([file], store, places=places)) == {"A": "Wyre Forest", "B": "Wychavon"}
    assert districts(load([file], store, fresh=True)) == {"A": None, "B": None}


def test_a_list_of_places_in_the_folder_is_used_unless_another_is_named(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    census(folder, "2016-03-31", {"A": opened("2015-05-01")})
    (folder / "places.csv").write_text("kind,place,district\nchild,A,Redditch\n", "utf-8")
    summary = load([folder], store)
    assert districts(summary) == {"A": "Redditch"}
    assert f"Districts are those of {folder / 'places.csv'}." in summary.snapshot.manifest.facts
    other = tmp_path / "other.csv"
    other.write_text("kind,place,district\nchild,A,Wychavon\n", "utf-8")
    summary = load([folder], store, places=other)
    assert districts(summary) == {"A": "Wychavon"}
    passed_over = f"{folder / 'places.csv'}: passed over, as {other} is the list of places."
    assert passed_over in summary.snapshot.manifest.facts


def test_a_list_of_places_in_a_zip_is_used(store: Store, folder: Path, tmp_path: Path) -> None:
    census(folder, "2016-03-31", {"A": opened("2015-05-01")})
    (folder / "lists").mkdir()
    listed = "# Made by hand, last on 1 April\n\nKind,Place,District\nchild,A,Redditch\n"
    (folder / "lists" / "where.csv").write_text(listed, "utf-8")
    zipped = Path(shutil.make_archive(str(tmp_path / "returns"), "zip", folder))
    summary = load([zipped], store)
    assert districts(summary) == {"A": "Redditch"}
    used = f"Districts are those of {zipped}/lists/where.csv."
    assert used in summary.snapshot.manifest.facts
    assert not summary.snapshot.manifest.findings


def test_a_list_of_places_may_be_given_with_the_files(store: Store, folder: Path) -> None:
    file = census(folder, "2016-03-31", {"A": opened("2015-05-01")})
    places = folder / "places.csv"
    places.write_text("kind,place,district\nchild,A,Redditch\n", "utf-8")
    assert districts(load([file, places], store)) == {"A": "Redditch"}
    with pytest.raises(UnreadableFileError, match=r"Nothing to load was recognised \(.*places"):
        load([places], store)


def test_a_places_csv_of_another_kind_is_no_list_of_places(store: Store, folder: Path) -> None:
    census(folder, "2016-03-31", {"A": opened("2015-05-01")})
    (folder / "places.csv").write_text("town,visitors\nWorcester,3\n", "utf-8")
    assert districts(load([folder], store)) == {"A": None}


def test_two_lists_of_places_are_not_chosen_between(store: Store, tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for each, district in zip(folders, ("Redditch", "Wychavon"), strict=True):
        each.mkdir()
        census(each, "2016-03-31", {"A": opened("2015-05-01")})
        (each / "places.csv").write_text(f"kind,place,district\nchild,A,{district}\n", "utf-8")
    zipped = shutil.make_archive(str(tmp_path / "one"), "zip", folders[0])
    for pair in (folders, (zipped, folders[1])):
        with pytest.raises(UnreadableFileError, match="name one with --places"):
            load(pair, store)
    assert not store.path.exists()
    assert districts(load([zipped, folders[0]], store)) == {"A": "Redditch"}


def test_places_that_cannot_be_used_leave_the_store_as_it_was(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    file = census(folder, "2016-03-31", {"A": opened("2015-05-01")})
    load([file], store)
    before = held(store)
    places = tmp_path / "places.csv"
    places.write_text("kind,place,district\nchild,A,Redditch\nchild,A,Wychavon\n", "utf-8")
    with pytest.raises(UnreadableFileError, match="line 3"):
        load([file], store, places=places)
    assert held(store) == before
