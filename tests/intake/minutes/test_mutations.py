"""Damage that conversions do to minutes loses no item; hostile input gives minutes or one sentence."""

import random
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sightline.intake.minutes import read_bytes
from sightline.intake.parts import UnreadableFileError
from thorough import of_today

FORMS = Path(__file__).parent / "forms"
TEXTS = {path.stem: path.read_text("utf-8") for path in sorted(FORMS.glob("*.txt"))}
SECONDS = 5
HOSTILE = 1_000


def items(text):
    read = read_bytes(text.encode(), "minutes.txt").to_json()
    return [(item["number"], item["title"].casefold()) for item in read["items"]]


def numbers(text):
    return [number for number, _ in items(text)]


NUMBERED = [name for name, text in TEXTS.items() if numbers(text) and all(numbers(text))]
PLAIN = [
    name
    for name in NUMBERED
    if "\t" not in TEXTS[name]
    and "|" not in TEXTS[name]
    and name != "interleaved_bold"
    and TEXTS[name].count("\n\n") > 2  # a whole document on one line has nothing to mutate
]
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(st.sampled_from(PLAIN), st.randoms(use_true_random=False), st.integers(1, 60))
def test_page_numbers_between_paragraphs_lose_no_item(name, chance, first):
    text = TEXTS[name]
    paragraphs = text.split("\n\n")
    for page in range(3):
        place = chance.randrange(2, len(paragraphs))
        if any(
            part.strip().isupper() and len(part.strip()) < 5
            for part in paragraphs[place - 1 : place + 1]
        ):
            continue
        paragraphs.insert(place, f"Page {first + page}")
    assert items("\n\n".join(paragraphs)) == items(text)


@quick
@given(st.sampled_from(PLAIN), st.randoms(use_true_random=False))
def test_broken_lines_lose_no_item(name, chance):
    text = TEXTS[name]
    lines = []
    for line in text.split("\n"):
        words = line.split(" ")
        if (
            len(line) > 90
            and not line.isupper()
            and not line.startswith(("|", "#", "**"))
            and len(words) > 12
        ):
            at = chance.randrange(8, len(words) - 3)
            lines += [" ".join(words[:at]), " ".join(words[at:])]
        else:
            lines.append(line)
    assert numbers("\n".join(lines)) == numbers(text)


@pytest.mark.parametrize("name", PLAIN)
def test_lost_bold_loses_no_item(name):
    text = TEXTS[name]
    assert numbers(re.sub(r"(?m)^#+ |\*\*", "", text)) == numbers(text)


@pytest.mark.parametrize("name", PLAIN)
def test_double_spaces_and_windows_lines_change_nothing(name):
    text = TEXTS[name]
    assert items(text.replace(". ", ".  ").replace("\n", "\r\n")) == items(text)


@quick
@given(st.randoms(use_true_random=False))
def test_reordered_cells_of_attendance_lose_nobody(chance):
    head = ["Name", "Role", "Attendance"]
    rows = [
        ["Cllr Ada Brook", "Chair", "Present"],
        ["Cllr Ben Cole", "Member", "Apologies"],
        ["Cllr Cat Dunn", "Member", "Present"],
        ["Eve Ford", "Head of Early Help", "In attendance"],
    ]
    order = [1, 2]
    chance.shuffle(order)
    chance.shuffle(rows)
    table = [[row[0], *(row[i] for i in order)] for row in (head, *rows)]
    text = "# Families Scrutiny Panel\n\nDate: 4 May 2020\n\n## Attendance\n\n"
    text += "\n".join("| " + " | ".join(row) + " |" for row in table)
    text += "\n\n## 1. Apologies\n\nNone.\n\n## 2. Minutes\n\nThe minutes were agreed.\n"
    read = read_bytes(text.encode(), "minutes.txt").to_json()
    assert sorted(read["present"]) == ["Cllr Ada Brook", "Cllr Cat Dunn"]
    assert read["apologies"] == ["Cllr Ben Cole"]
    assert read["in_attendance"] == ["Eve Ford"]
    assert read["chair"] == "Cllr Ada Brook"
    assert [item["number"] for item in read["items"]] == ["1", "2"]


class TookTooLongError(BaseException):
    """A reader that did not come back."""


@contextmanager
def bounded(seconds: float) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TookTooLongError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


REPEATED = [
    b"(",
    b"**",
    b"and ",
    b"Councillor ",
    b"1. ",
    b", ",
    b"|",
    b"RESOLVED ",
    b"\t",
    b"the ",
    b"A ",
    b"Minutes: ",
    b"interest ",
    b"&amp;",
    b"- ",
    b"9/08 ",
    b"_ ",
    b"(a) ",
    b"[",
    b"requested ",
    b"apologies from ",
    b"12.00 to ",
    b"<p>",
    b"1 January 2020 ",
    b"That ",
    b"\n1\n",
    b"Present: ",
    b"\xff\xfe",
    b"%PDF-1.4 ",
    b"would be sent ",
    b"\x00",
]


def hostile(number: int) -> bytes:
    """Give broken input by its number: flipped bytes, cut, repeated, shuffled, or of another kind."""
    chance = random.Random(number)
    data = bytearray(chance.choice(list(TEXTS.values())).encode())
    kind = number % 10
    if kind == 0:
        for _ in range(chance.randrange(1, 60)):
            data[chance.randrange(len(data))] = chance.randrange(256)
    elif kind == 1:
        del data[chance.randrange(len(data)) :]
    elif kind == 2:
        return bytes(data) * chance.randrange(2, 12)
    elif kind == 3:
        return chance.choice(REPEATED) * chance.randrange(10, 20_000)
    elif kind == 4:
        lines = bytes(data).split(b"\n")
        chance.shuffle(lines)
        return b"\n".join(lines)
    elif kind == 5:
        return bytes(data).replace(b"\n", b" ")
    elif kind == 6:
        words = bytes(data).split()
        return b" ".join(chance.choice(words) for _ in range(3000))
    elif kind == 7:
        tag = chance.choice(
            [b"<p>", b"<tr><td>", b'<div class="mgAiTitleTxt">', b"</table>", b"<li>", b"<!--"]
        )
        return b"<html><body>" + bytes(data).replace(b"\n", tag)
    elif kind == 8:
        body = (
            bytes(data[: chance.randrange(len(data))])
            .replace(b"&", b"&amp;")
            .replace(b"<", b"&lt;")
        )
        tail = chance.choice([b"", b"</agendaitem></meeting>", b"</meeting>", b"<meeting>" * 200])
        return b"<?xml version='1.0'?><meeting><agendaitem><minutesnonemptyhtmlbody>" + body + tail
    elif kind == 9:
        return (
            b"%PDF-1."
            + bytes(chance.randrange(256) for _ in range(chance.randrange(0, 3000)))
            + b"%%EOF"
        )
    return bytes(data)


@pytest.mark.slow
def test_a_thousand_hostile_inputs_are_read_or_refused_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    refused, numbers = 0, of_today(range(HOSTILE))
    for number in numbers:
        with bounded(SECONDS):
            try:
                read_bytes(hostile(number), "minutes.txt").to_json()
            except UnreadableFileError as error:
                refused += 1
                assert str(error).startswith("minutes.txt: ") and "\n" not in str(error), number
    assert 0 < refused < len(numbers)
    assert list(tmp_path.iterdir()) == []


def test_an_entity_that_grows_is_refused():
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE meeting [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
        b"<meeting><meetingdate>&b;</meetingdate></meeting>"
    )
    with pytest.raises(UnreadableFileError, match="entities"):
        read_bytes(bomb, "m.xml")
