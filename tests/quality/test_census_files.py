"""Rules of a census that is in several files: a line means something in its own file alone."""

from pathlib import Path

from sightline.intake.load import load
from sightline.quality.check import run_rules
from sightline.quality.holding import holding_of
from sightline.quality.rule import rules_of_return
from sightline.quality.snapshot_check import show_return
from sightline.store.snapshots import Store

HEADER = (
    "<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year>"
    "<ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails>"
    "<Source><LEA>885</LEA></Source></Header>\n<Children>\n"
)
CHILD = "<Child>\n<ChildIdentifiers><LAchildID>{}</LAchildID></ChildIdentifiers>\n{}\n</Child>\n"
DATED = "<CINdetails><CINreferralDate>2025-06-01</CINreferralDate></CINdetails>"
UNDATED = "<CINdetails><CINreferralDate>soon</CINreferralDate></CINdetails>"


def test_an_episode_without_a_date_is_sought_in_the_childs_own_file(tmp_path: Path) -> None:
    first = CHILD.format("Lost1", UNDATED) + CHILD.format("Known1", DATED)
    second = "\n" + CHILD.format("None2", "\n") + CHILD.format("Lost2", UNDATED)
    for name, children in (("first.xml", first), ("second.xml", second)):
        path = tmp_path / name
        path.write_text(f"{HEADER}{children}</Children></Message>", "utf-8")
    store = Store(tmp_path / "store")
    load([tmp_path / "first.xml", tmp_path / "second.xml"], store)
    snapshot = store.current()
    [held] = snapshot.manifest.returns
    with snapshot.connect() as cursor:
        show_return(cursor, snapshot, held)
        [rule] = [rule for rule in rules_of_return("cin", 2026) if rule.code == "8590"]
        report = run_rules(cursor, holding_of(snapshot.manifest, [held]), [rule], year=2026)
    assert [(each.child_id, each.place, Path(each.file).name) for each in report.findings] == [
        ("None2", "line 4", "second.xml")
    ]
