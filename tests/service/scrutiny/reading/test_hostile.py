"""Hostile and broken files: one clear sentence, never a traceback, and nothing is stored."""

import random
import time
import zlib
from collections.abc import Callable, Iterable, Iterator

import pytest

from service.scrutiny.reading.conftest import PAGE, PRINTED
from sightline.intake.parts import UnreadableFileError
from sightline.service.accounts.models import Person
from sightline.service.scrutiny.models import Document, PaperFile, ReadField
from sightline.service.scrutiny.reading import reader
from sightline.service.scrutiny.reading.actions import AlreadyGivenError, take_document
from sightline.service.scrutiny.reading.apart import read_apart
from sightline.service.scrutiny.reading.reader import Reading, answer
from thorough import of_today

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def broken_pdf(stream: bytes = b"BT /F1 12 Tf (x) Tj ET", *, length: int | None = None) -> bytes:
    """A PDF of one page by hand, its stream as given, compressed; `length` may lie."""
    packed = zlib.compress(stream)
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (length or len(packed), packed),
    ]
    body = b"%PDF-1.4\n"
    for number, part in enumerate(parts, 1):
        body += b"%d 0 obj%sendobj\n" % (number, part)
    return body + b"trailer<</Root 1 0 R/Size 5>>\n%%EOF"


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 or str()};" * 10}">' for n in range(1, 9))
    + "]><getmeeting><meeting><agendaitems>&a8;</agendaitems></meeting></getmeeting>"
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    "<getmeeting><meeting><committeetitle>&x;</committeetitle></meeting></getmeeting>"
)
FORMS: list[bytes] = [
    b"",
    b"\0" * 5000,
    b"\xff\xfe\x00\xd8",
    b"\xef\xbb\xbf",
    b"%PDF-",
    b"%PDF-1.7\n%%EOF",
    broken_pdf(),
    broken_pdf(length=10**9),
    broken_pdf(b"q " * 200_000),
    b"PK\x03\x04" + b"\0" * 100,
    b"\xd0\xcf\x11\xe0" + b"\0" * 100,
    b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
    b"\x7fELF" + bytes(range(256)),
    b"{\\rtf1 minutes}",
    ENTITIES.encode(),
    OUTSIDE.encode(),
    b"<getmeeting>" + b"<a>" * 5000,
    b"<html>" + b"<div>" * 50_000,
    b"<html><body>" + b"<table><tr><td>" * 3000,
    b"<html><script>alert(1)</script></html>",
    b"# " * 10_000,
    b"(" * 40_000,
    b"a" * 4_000,
    b"\n" * 200_000,
    b"1.\n" * 5_000,
    b"Present: " * 5_000,
    ("\u202e\u0000\ud7ff" * 1000).encode("utf-8"),
    b"Minutes:\n" * 4_000,
    b"'; DROP TABLE scrutiny_document; --",
    b"../../etc/passwd",
]


def broken(number: int, seed: int = 7) -> Iterator[bytes]:
    """Give so many inputs: noise, and real forms with signs changed or pieces cut out."""
    chance = random.Random(seed)
    whole = [PRINTED.encode(), PAGE.encode(), broken_pdf(), ENTITIES.encode()]
    for at in range(number):
        kind = at % 4
        if kind == 0:
            yield chance.randbytes(chance.randrange(1, 3000))
        elif kind == 1:
            data = bytearray(chance.choice(whole))
            for _ in range(chance.randrange(1, 60)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            yield bytes(data)
        elif kind == 2:
            data = bytearray(chance.choice(whole))
            start = chance.randrange(len(data))
            yield bytes(data[start : start + chance.randrange(1, 600)])
        else:
            signs = "0123456789.:()[]<>&;%#*|\t\n\f\u00a0\u2028 abcABC'\u2019\u0130\ufffd"
            yield "".join(chance.choices(signs, k=chance.randrange(1, 2000))).encode()


def read_as_the_process_does(data: bytes, name: str) -> Reading:
    """Read in this process as the one apart does, which never raises but the one sentence."""
    said = answer(data, name)
    assert "broke while" not in said.get("refused", ""), (data[:200], said)
    if "refused" in said:
        raise UnreadableFileError(said["refused"])
    return Reading.from_json(said["reading"])


def give(inputs: Iterable[bytes], by: Person) -> tuple[int, int]:
    """Give each; count those refused and those kept. What is refused leaves nothing behind."""
    refused = kept = 0
    for data in inputs:
        before = Document.objects.count(), PaperFile.objects.count(), ReadField.objects.count()
        try:
            take_document(data, "given.bin", by, read=read_as_the_process_does)
            kept += 1
        except AlreadyGivenError:
            continue
        except UnreadableFileError as error:
            refused += 1
            said = str(error)
            assert said.startswith("given.bin: ") and said.endswith(".") and len(said) < 200, said
            assert "\n" not in said
            now = Document.objects.count(), PaperFile.objects.count(), ReadField.objects.count()
            assert now == before
    return refused, kept


def test_forms_that_attack_a_reader(officer: Person) -> None:
    refused, kept = give(FORMS, officer)
    assert kept == 0 and refused == len(FORMS)


def test_a_sample_of_broken_files(officer: Person) -> None:
    refused, _ = give(broken(60), officer)
    assert refused > 30


@pytest.mark.slow
def test_a_thousand_hostile_or_broken_files(officer: Person) -> None:
    begun = time.monotonic()
    given = [*FORMS, *of_today(broken(1_000 - len(FORMS)))]
    refused, kept = give(given, officer)
    assert refused > 0.6 * len(given) and refused + kept > 0.95 * len(given)
    assert time.monotonic() - begun < 120


# --- The process apart


def test_the_process_apart_reads_as_this_one_does(officer: Person) -> None:
    assert read_apart(PRINTED.encode(), "m.md") == reader.read_document(PRINTED.encode(), "m.md")


@pytest.mark.parametrize("data", [b"", broken_pdf(), ENTITIES.encode(), b"\xff\xfe\x00\xd8"])
def test_the_process_apart_refuses_in_one_sentence(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match=r"^a b\.pdf: .*\.$"):
        read_apart(data, "a b.pdf")


@pytest.mark.parametrize("data", [b"a" * 2_000_000, b"<b>" * 600_000, b"Present: A B, " * 100_000])
def test_whatever_a_file_does_it_costs_seconds(
    data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sightline.service.scrutiny.reading.apart.SECONDS", 2)
    begun = time.monotonic()
    with pytest.raises(UnreadableFileError, match=r"^m\.md: .*\.$"):
        read_apart(data, "m.md")
    assert time.monotonic() - begun < 10


def test_one_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sightline.service.scrutiny.reading.apart.SECONDS", 0.001)
    with pytest.raises(UnreadableFileError, match="took longer than"):
        read_apart(PRINTED.encode(), "m.md")


def test_a_process_that_dies_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sightline.service.scrutiny.reading.apart._MODULE", "no.such.module")
    with pytest.raises(UnreadableFileError, match=r"^m\.md: cannot be read within the time"):
        read_apart(PRINTED.encode(), "m.md")


def test_what_breaks_the_reader_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaking(error: type[BaseException]) -> Callable[..., None]:
        def fail(*_: object) -> None:
            raise error

        return fail

    monkeypatch.setattr(reader, "read_bytes", breaking(RecursionError))
    assert answer(b"x", "m.md") == {"refused": "m.md: broke while it was read (RecursionError)."}
    monkeypatch.setattr(reader, "read_bytes", breaking(MemoryError))
    assert "needs more memory" in answer(b"x", "m.md")["refused"]


def test_the_name_of_a_file_is_only_a_name(officer: Person) -> None:
    document = take_document(
        PRINTED.encode(), "../../a\\b\n<x>\0.md", officer, read=reader.read_document
    )
    assert document.name == "b<x>.md"
    long = take_document(PAGE.encode(), "n" * 400 + ".md", officer, read=reader.read_document)
    assert len(long.name) == 200 and long.name.endswith("n.md")


def test_signs_that_a_database_cannot_hold_are_replaced(officer: Person) -> None:
    torn = PRINTED.replace("Waiting times", "Waiting\ufffe times \U0010ffff")
    document = take_document(torn.encode(), "m.md", officer, read=read_as_the_process_does)
    assert document.fields.exists()
