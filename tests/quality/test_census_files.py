"""Rules of a census in several files, or on one line: what was lost is known by its child."""

from pathlib import Path

from sightline.intake.load import load
from sightline.quality.check import run_rules
from sightline.quality.holding import holding_of
from sightline.quality.kept_check import whole_check
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


def test_on_one_line_what_is_lost_is_told_by_its_child(tmp_path: Path) -> None:
    reviews = "<Reviews><CPPreviewDate>soon</CPPreviewDate></Reviews>"

    def dated(*within: str) -> str:
        return DATED.replace("</CINdetails>", f"{''.join(within)}</CINdetails>")

    planned = dated("<CINPlanDates><CINPlanEndDate>soon</CINPlanEndDate></CINPlanDates>")
    unstarted = dated("<ChildProtectionPlans>", reviews, "</ChildProtectionPlans>")
    reviewed = unstarted.replace("<Rev", "<CPPstartDate>2025-06-02</CPPstartDate><Rev")
    children = {
        "Lost1": "<CINdetails></CINdetails>",
        "Lost2": UNDATED,
        "None1": "",
        "Plan1": planned,
        "Plan2": planned,
        "Review1": reviewed,
        "Review2": reviewed,
        "Start1": unstarted,
    }
    text = HEADER + "".join(CHILD.format(*each) for each in children.items())
    path = tmp_path / "census.xml"
    path.write_text(f"{text}</Children></Message>".replace("\n", ""), "utf-8")
    store = Store(tmp_path / "store")
    load([path], store)
    found = whole_check(store.current()).findings
    assert {each.place for each in found} == {"line 1"}
    codes = ("8590", "8600", "4010", "8720", "8842Q")
    assert {code: [each.child_id for each in found if each.code == code] for code in codes} == {
        "8590": ["None1"],
        "8600": ["Lost1", "Lost2"],
        "4010": ["Plan1", "Plan2"],
        "8720": ["Start1"],
        "8842Q": ["Review1", "Review2", "Start1"],
    }
    queries = [each.id for each in found if each.code == "8842Q"]
    assert len(set(queries)) == len(queries), "a note on one child's is not on another's"
