"""Private items: their reason, the resolution before them, and words that fit their paragraph."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from sightline.service.scrutiny.meetings import actions, exempt
from sightline.service.scrutiny.meetings.law import paragraphs, rules
from sightline.service.scrutiny.models import Item, Meeting

CARE = {
    "privacy": "exempt",
    "paragraph": 3,
    "why_exempt": "The price is not agreed yet, and to publish it would weaken the council’s hand.",
}


def test_the_seven_paragraphs_are_told_apart_by_their_own_words() -> None:
    assert sorted(paragraphs()) == [1, 2, 3, 4, 5, 6, 7]
    for number, each in paragraphs().items():
        assert exempt.paragraphs_of_words(each.words) == {number}


@pytest.mark.parametrize(
    ("cited", "text", "said"),
    [
        ({1}, "information which is likely to reveal the identity of an individual", "paragraph 2"),
        ({2}, "Information which is likely to REVEAL the identity of an individual", ""),
        ({1, 2}, "information relating to any individual", "2 says"),
        ({3}, "the price is not agreed", ""),
        ({9}, "anything", "has no paragraph 9"),
        (set(), "a claim to legal professional privilege", "none is given"),
    ],
)
def test_words_of_another_paragraph_than_the_one_cited_are_found(
    cited: set[int], text: str, said: str
) -> None:
    wrong = exempt.mismatch(cited, text)
    assert (said in wrong) if said else wrong == ""


def test_numbers_are_read_as_resolutions_cite_them() -> None:
    assert exempt.paragraphs_cited("under paragraphs 1, 2 and 3 of Part 1") == {1, 2, 3}
    assert exempt.paragraphs_cited("section 100A(4) of the Act, paragraph 7") == {7}


def test_the_resolution_comes_before_the_private_part_and_goes_with_it(meeting: Meeting) -> None:
    actions.build_agenda(meeting)
    private = actions.add_item(meeting, "A contract", **CARE)
    public = actions.add_item(meeting, "An open report")
    kinds = list(meeting.items.values_list("title", "kind", "privacy"))
    assert [kind for _, kind, _ in kinds[-2:]] == ["exclusion", "report"]
    assert kinds[-1][0] == "A contract"
    assert [title for title, *_ in kinds].index("An open report") < len(kinds) - 2
    resolution = meeting.items.get(kind="exclusion")
    assert "“A contract”" in resolution.planned
    assert "paragraph 3 (information relating to the financial" in resolution.planned
    assert exempt.faults(list(meeting.items.all())) == []
    # No step moves a public item behind the resolution, nor the private one before it.
    for _ in range(12):
        actions.move_item(public, up=False)
        actions.move_item(private, up=True)
    assert list(meeting.items.values_list("title", flat=True))[-2:] == [
        resolution.title,
        "A contract",
    ]
    actions.remove_item(private)
    assert not meeting.items.filter(kind="exclusion").exists()


def test_confidential_items_leave_no_choice(meeting: Meeting) -> None:
    actions.add_item(
        meeting, "A child’s case", privacy="confidential", why_exempt="A court forbids it."
    )
    planned = meeting.items.get(kind="exclusion").planned
    assert "must be excluded" in planned and "To resolve" not in planned


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"privacy": "exempt", "why_exempt": "x"}, "under which paragraph"),
        ({"privacy": "exempt", "paragraph": 3}, "Say why it is private"),
        ({"privacy": "confidential"}, "Say why it is private"),
        ({"privacy": "confidential", "paragraph": 1, "why_exempt": "x"}, "has no paragraph"),
        ({"paragraph": 1}, "for what is private alone"),
        (
            {
                "privacy": "exempt",
                "paragraph": 1,
                "why_exempt": "It would reveal the identity of one",
            },
            "The words are those of paragraph 2",
        ),
        (
            {"kind": "exclusion", "privacy": "exempt", "paragraph": 1, "why_exempt": "x"},
            "itself public",
        ),
    ],
)
def test_what_is_private_says_why(meeting: Meeting, more: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        actions.add_item(meeting, "Private", **more)
    assert not meeting.items.exists()


def test_a_minuted_resolution_with_the_words_of_another_paragraph_is_found(
    meeting: Meeting,
) -> None:
    items = [
        Item(
            title="Exclusion",
            kind="exclusion",
            minute="RESOLVED that the public be excluded under paragraph 1, as information likely to reveal "
            "the identity of an individual.",
        ),
        Item(title="A case", privacy="exempt", paragraph=1, why_exempt="It names a family."),
    ]
    (said,) = exempt.faults(items)
    assert "The words are those of paragraph 2" in said
    items[0].minute = "RESOLVED that the public be excluded under paragraph 5."
    assert "cites paragraph 5; the private items are under paragraph 1" in exempt.faults(items)[0]
    assert "must come before" in exempt.faults(list(reversed(items)))[0]


def test_no_rule_that_was_not_compared_with_the_law_in_force_is_shown_as_settled() -> None:
    for rule in rules().values():
        assert rule.status in ("read", "unverified"), rule.code
        assert rule.source, rule.code
        settled = rule.standing.startswith("Compared with the law in force")
        assert settled == (rule.status == "read" and rule.current is not None), rule.code
