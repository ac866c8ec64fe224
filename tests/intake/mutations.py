"""Valid little files of every format, and the many ways in which files are broken. All invented.

Everything is drawn from the random generator given, so a number names one broken file for good.
"""

import csv
import io
import json
import random
import re
import struct
import zipfile
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

import xlsxwriter

from sightline.intake import annex_a, ssd, ssda903
from sightline.intake.layouts import Layout

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "data" / "samples"
SMALL = 30_000
"""Bytes up to which a public sample is used beside the files made here."""

Random = random.Random
Mutation = Callable[[bytes, Random], bytes]

CENSUS = """<?xml version="1.0" encoding="utf-8"?>
<Message>
 <Header>
  <CollectionDetails><Collection>CIN</Collection><Year>2016</Year>
   <ReferenceDate>2016-03-31</ReferenceDate></CollectionDetails>
  <Source><SourceLevel>L</SourceLevel><LEA>885</LEA><SerialNo>1</SerialNo></Source>
 </Header>
 <Children>
  <Child>
   <ChildIdentifiers><LAchildID>C1</LAchildID><UPN>A123456789123</UPN>
    <PersonBirthDate>2008-02-29</PersonBirthDate><GenderCurrent>2</GenderCurrent></ChildIdentifiers>
   <ChildCharacteristics><Ethnicity>WBRI</Ethnicity>
    <Disabilities><Disability>HAND</Disability><Disability>VIS</Disability></Disabilities>
   </ChildCharacteristics>
   <CINdetails>
    <CINreferralDate>2015-05-06</CINreferralDate><ReferralSource>1A</ReferralSource>
    <PrimaryNeedCode>N1</PrimaryNeedCode><ReferralNFA>false</ReferralNFA>
    <Assessments><AssessmentActualStartDate>2015-05-07</AssessmentActualStartDate>
     <AssessmentAuthorisationDate>2015-06-20</AssessmentAuthorisationDate>
     <FactorsIdentifiedAtAssessment><AssessmentFactors>4A</AssessmentFactors>
     </FactorsIdentifiedAtAssessment></Assessments>
    <Section47><S47ActualStartDate>2015-05-10</S47ActualStartDate>
     <InitialCPCtarget>2015-06-01</InitialCPCtarget><DateOfInitialCPC>2015-05-29</DateOfInitialCPC>
     <ICPCnotRequired>0</ICPCnotRequired></Section47>
    <ChildProtectionPlans><CPPstartDate>2015-05-29</CPPstartDate>
     <InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>
     <LatestCategoryOfAbuse>EMO</LatestCategoryOfAbuse><NumberOfPreviousCPP>0</NumberOfPreviousCPP>
     <Reviews><CPPreviewDate>2015-08-20</CPPreviewDate><CPPreviewDate>2016-02-01</CPPreviewDate>
     </Reviews></ChildProtectionPlans>
   </CINdetails>
  </Child>
  <Child>
   <ChildIdentifiers><LAchildID>C2</LAchildID><UPNunknown>UN1</UPNunknown>
    <ExpectedPersonBirthDate>2016-06-01</ExpectedPersonBirthDate></ChildIdentifiers>
   <CINdetails><CINreferralDate>2016-01-04</CINreferralDate><ReferralSource>3C</ReferralSource>
    <ReferralNFA>1</ReferralNFA></CINdetails>
  </Child>
 </Children>
</Message>
"""
LOOKED_AFTER = """<?xml version="1.0"?>
<EXPSSDA903>
 <CHILD><CHILDID>N1</CHILDID><SEX>1</SEX><DOB>12/04/2008</DOB><ETHNIC>WBRI</ETHNIC>
  <EPISODE><DECOM>01/06/2015</DECOM><RNE>S</RNE><LS>C2</LS><CIN>N1</CIN><PL>U1</PL></EPISODE>
  <EPISODE><DECOM>01/09/2015</DECOM><RNE>P</RNE><LS>C2</LS><CIN>N1</CIN><PL>K2</PL></EPISODE>
  <AREVIEW><REVIEW>20/06/2015</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW>
  <AMISSING><MISSING>M</MISSING><MIS_START>03/10/2015</MIS_START><MIS_END>04/10/2015</MIS_END>
  </AMISSING>
 </CHILD>
</EXPSSDA903>
"""
DAILY = [
    {
        "la_child_id": "D1",
        "child_details": {"date_of_birth": "2007-06-14", "sex": "M", "disabilities": ["VIS"]},
        "health_and_wellbeing": {"sdq_assessments": [{"date": "2022-06-14", "score": 20}]},
        "social_care_episodes": [
            {
                "referral_date": "2022-06-14",
                "referral_source": "1C",
                "referral_no_further_action_flag": False,
                "section_47_assessments": [
                    {"start_date": "2022-06-20", "icpc_required_flag": True, "end_date": None}
                ],
                "child_protection_plans": [{"start_date": "2022-07-01"}],
            }
        ],
    },
    {"la_child_id": "D2", "purge": True},
]


def rows_of(layout: Layout, *, count: int = 4, day: str = "{:02}/05/2015") -> list[list[str]]:
    """A header and some rows of a list or table, whatever its columns."""
    rows = [list(layout.columns)]
    for number in range(1, count + 1):
        row = []
        for place, column in enumerate(layout.columns):
            low = column.lower()
            if column in layout.events or "date" in low or low.endswith(("dob", "decom", "dec")):
                row.append(day.format(number + place % 9))
            elif re.search(r"\bid\b|_id$|child$|identifier", low):
                row.append(f"C{number}")
            else:
                row.append(("Yes", "", "1", "a) N1", "2.0", "WBRI")[(number + place) % 6])
        rows.append(row)
    return rows


def csv_bytes(rows: Sequence[Sequence[str]]) -> bytes:
    """The rows as a CSV file."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def workbook_bytes(sheets: dict[str, list[list[str]]]) -> bytes:
    """The rows as a workbook, with a number, a date, a formula and an error in it."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for title, rows in sheets.items():
        sheet = book.add_worksheet(title)
        for line, row in enumerate(rows):
            for column, cell in enumerate(row):
                if line and re.fullmatch(r"\d\d/\d\d/\d{4}", cell):
                    sheet.write_number(line, column, 42_000 + line, day)
                else:
                    sheet.write(line, column, cell)
        sheet.write_formula(len(rows), 1, "=1+1", None, 2)
        sheet.write_formula(len(rows), 2, "=NA()", None, "#N/A")
    book.close()
    return buffer.getvalue()


def zip_bytes(files: dict[str, bytes]) -> bytes:
    """Files as a zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in files.items():
            zipped.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _layout(layouts: Sequence[Layout], part: str) -> Layout:
    return next(layout for layout in layouts if layout.part == part)


@cache
def seeds() -> dict[str, list[tuple[str, bytes]]]:
    """Valid files by format: a name and bytes of each; public samples too, where they are beside us."""
    lists = annex_a.layouts()
    tables = ssda903.layouts()
    extract = ssd.layouts()
    iso = "2015-05-{:02}"
    held = {
        "episodes.csv": csv_bytes(rows_of(_layout(tables, "Episodes"))),
        "header.csv": csv_bytes(rows_of(_layout(tables, "Header"))),
    }
    found = {
        "cin": [("census.xml", CENSUS.encode())],
        "annex_a_xlsx": [
            (
                "annex a.xlsx",
                workbook_bytes(
                    {f"List {n}": rows_of(_layout(lists, str(n))) for n in (1, 3, 6, 7)}
                ),
            )
        ],
        "annex_a_csv": [
            (f"list {n}.csv", csv_bytes(rows_of(_layout(lists, str(n))))) for n in (1, 4, 8)
        ],
        "ssda903_csv": [*held.items()],
        "ssda903_xml": [("903.xml", LOOKED_AFTER.encode())],
        "ssd_csv": [
            (f"{name}.csv", csv_bytes(rows_of(_layout(extract, name), day=iso)))
            for name in ("ssd_person", "ssd_cin_episodes", "ssd_cp_plans")
        ],
        "dfe_api": [
            ("daily.json", json.dumps(DAILY, indent=1).encode()),
            ("lines.json", "\n".join(map(json.dumps, DAILY)).encode()),
        ],
        "zip": [("return.zip", zip_bytes(held))],
    }
    for folder, kind in (("cin", "cin"), ("dfe_api", "dfe_api"), ("annex_a", "annex_a_xlsx")):
        for path in sorted((SAMPLES / folder).glob("*")):
            if path.stat().st_size <= SMALL:
                found[kind].append((path.name, path.read_bytes()))
    for path in sorted((SAMPLES / "ssda903").glob("*.csv")):
        if path.stat().st_size <= SMALL:
            found["ssda903_csv"].append((path.name, path.read_bytes()))
    return found


# -- any bytes -------------------------------------------------------------------------------


def _span(data: bytes, rng: Random, longest: int = 200) -> tuple[int, int]:
    start = rng.randrange(len(data) + 1)
    return start, min(len(data), start + rng.randrange(1, longest))


def flip_bytes(data: bytes, rng: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 2, 8, 64))):
        if changed:
            changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def cut_off(data: bytes, rng: Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def cut_out(data: bytes, rng: Random) -> bytes:
    start, end = _span(data, rng)
    return data[:start] + data[end:]


def repeat_span(data: bytes, rng: Random) -> bytes:
    start, end = _span(data, rng)
    return data[:end] + data[start:end] * rng.choice((1, 3, 50)) + data[end:]


def put_in(data: bytes, rng: Random) -> bytes:
    piece = rng.choice(
        (
            b"\0",
            b"\0" * 100,
            b"\xff\xfe",
            b"\xef\xbb\xbf",
            b"\r",
            b"\x1a",
            b"\x0b\x0c\x1c\x85",
            b"\xc2\x85\xe2\x80\xa8",
            b"\xed\xa0\x80",
            b'"',
            b"''",
            b"<",
            b"&",
            b"]]>",
            b"\\",
            bytes(rng.randrange(256) for _ in range(20)),
        )
    )
    start, _ = _span(data, rng)
    return data[:start] + piece + data[start:]


def huge_value(data: bytes, rng: Random) -> bytes:
    start, _ = _span(data, rng)
    piece = rng.choice((b"A", b"9", b"\xc3\xa9", b" ", b",", b'"'))
    return data[:start] + piece * rng.choice((5_000, 150_000)) + data[start:]


def other_encoding(data: bytes, rng: Random) -> bytes:
    text = data.decode("utf-8", "replace")
    start = rng.randrange(len(text) + 1)
    text = (
        text[:start]
        + rng.choice(("Siân", "Łódź", "£", "‘’", "", "\u200fשלום", "👧"))
        + text[start:]
    )
    name = rng.choice(
        (
            "utf-16",
            "utf-16-le",
            "utf-16-be",
            "utf-8-sig",
            "cp1252",
            "latin-1",
            "utf-32",
            "utf-7",
            "cp037",
        )
    )
    return text.encode(name, "replace")


def shuffle_lines(data: bytes, rng: Random) -> bytes:
    lines = data.split(b"\n")
    what = rng.randrange(4)
    place = rng.randrange(len(lines))
    if what == 0:
        rng.shuffle(lines)
    elif what == 1:
        del lines[place]
    elif what == 2:
        lines[place:place] = [lines[place]] * rng.choice((1, 30))
    else:
        other = rng.randrange(len(lines))
        lines[place], lines[other] = lines[other], lines[place]
    return rng.choice((b"\n", b"\r\n", b"\r", b"\n\n")).join(lines)


# -- values ----------------------------------------------------------------------------------

VALUES = (
    *("", " ", "\t", "-", "..", "#N/A", "#REF!", "NULL", "=1+1", "+44", "@x", "None", "nan", "inf"),
    *(
        "31/02/2015",
        "00/00/0000",
        "2015-13-45",
        "9999-12-31",
        "0001-01-01",
        "1/1/1",
        "2015-05-06T25:99",
    ),
    *("29/02/2015", "1900-01-01", "2015-05-06T09:30:00+99:99", "45000", "-1", "1e400", "1E-400"),
    *(
        "9" * 400,
        "-" + "9" * 40,
        "0x10",
        "1,5",
        "½",
        "٣",
        "１２",
        "٠١/٠٢/٢٠١٥",
        "²",
        "true",
        "Y",
        "oui",
    ),
    *(
        "{",
        "[1,",
        '{"a": {"b": ',
        "[]",
        "{}",
        '["HAND"]',
        "'; DROP TABLE child; --",
        '"',
        "'",
        "\\",
        "%s",
    ),
    *(
        "𝒩1",
        "\u202etxet",
        "a\u0000b",
        "\ud7ff",
        "\ufffe",
        "e\u0301" * 50,
        "x" * 40_000,
        "\n",
        "a\nb",
    ),
)


def csv_cells(data: bytes, rng: Random) -> bytes:
    rows = [
        row for row in csv.reader(io.StringIO(data.decode("utf-8", "replace"), newline="")) if row
    ]
    if not rows:
        return data
    for _ in range(rng.choice((1, 2, 10))):
        row = rng.choice(rows)
        place = rng.randrange(len(row)) if row else 0
        what = rng.randrange(7)
        if what <= 2 and row:
            row[place] = rng.choice(VALUES)
        elif what == 3 and row:
            del row[place]
        elif what == 4:
            row[place:place] = [rng.choice(VALUES)] * rng.choice((1, 3, 300))
        elif what == 5:
            rng.shuffle(row)
        else:
            rows.insert(rng.randrange(len(rows) + 1), [rng.choice(VALUES)] * rng.randrange(1, 40))
    text = io.StringIO()
    style = rng.choice((",", ",", ";", "\t", "|", ":"))
    csv.writer(text, delimiter=style, quoting=rng.choice((0, 0, 1))).writerows(rows)
    return text.getvalue().encode("utf-8", "replace")


def csv_headers(data: bytes, rng: Random) -> bytes:
    head, _, rest = data.partition(b"\n")
    names = head.split(b",")
    what = rng.randrange(5)
    if what == 0:
        rng.shuffle(names)
    elif what == 1:
        names[rng.randrange(len(names))] = rng.choice(VALUES).encode("utf-8", "replace")
    elif what == 2:
        names = [names[rng.randrange(len(names))] for _ in names]
    elif what == 3:
        names = [name.swapcase().replace(b" ", b"_") + b" (x)" for name in names]
    else:
        return head + b"\n" + data
    return b",".join(names) + b"\n" + rest


# -- XML -------------------------------------------------------------------------------------

_TAG = re.compile(rb"<(/?)([\w:.-]+)([^<>]*)>")
_LOL = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
DOCTYPES = (
    "<!DOCTYPE Message>",
    '<!DOCTYPE Message SYSTEM "http://localhost:9/x.dtd">',
    '<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE m [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
    f'<!DOCTYPE m [<!ENTITY l0 "lol">{_LOL}]>',
    "<!DOCTYPE m [<!ATTLIST Child id CDATA 'x'>]>",
    "<!doctype html>",
)


def xml_doctype(data: bytes, rng: Random) -> bytes:
    declared = rng.choice(DOCTYPES).encode()
    use = rng.choice((b"", b"&l9;", b"&x;", b"&amp;", b"&#0;", b"&#xD800;", b"&nothing;"))
    opening = data.find(b"?>") + 2 if b"?>" in data else 0
    text = data[:opening] + declared + data[opening:]
    place = text.find(b"</", rng.randrange(len(text)))
    return text[:place] + use + text[place:]


def xml_tags(data: bytes, rng: Random) -> bytes:
    tags = list(_TAG.finditer(data))
    if not tags:
        return data
    tag = rng.choice(tags)
    other = rng.choice(tags)
    what = rng.randrange(9)
    new: bytes
    if what == 0:
        new = b""
    elif what == 1:
        new = tag[0] * rng.choice((2, 500))
    elif what == 2:
        new = other[0]
    elif what == 3:
        new = b"<" + tag[1] + b"x" + tag[2] + b">"
    elif what == 4:
        new = b"<" + tag[1] + tag[2] + b' a="1" a="2">'
    elif what == 5:
        new = b"<" + tag[1] + b"p:" + tag[2] + b">"
    elif what == 6:
        new = tag[0] + b"<![CDATA[" + b"<Child>" * 10 + b"]]>"
    elif what == 7:
        new = tag[0] + rng.choice((b"<?pi x?>", b"<!-- -- -->", b"<!-- c -->", b"text", b"<b/>"))
    else:
        return data.replace(tag[2], other[2])
    return data[: tag.start()] + new + data[tag.end() :]


def xml_deep(data: bytes, rng: Random) -> bytes:
    name = rng.choice((b"Child", b"CINdetails", b"x", b"Children", b"EPISODE", b"si", b"row"))
    depth = rng.choice((10, 1_000, 60_000))
    place = data.find(b">", rng.randrange(max(1, len(data) // 2))) + 1
    closing = (b"</" + name + b">") * depth if rng.random() < 0.7 else b""
    return data[:place] + (b"<" + name + b">") * depth + closing + data[place:]


def xml_values(data: bytes, rng: Random) -> bytes:
    texts = list(re.finditer(rb">([^<>]+)<", data))
    for match in rng.sample(texts, min(len(texts), rng.choice((1, 3)))):
        value = rng.choice(VALUES).encode("utf-8", "replace")
        if rng.random() < 0.7:
            value = value.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b"\0", b"")
        data = data.replace(match[0], b">" + value + b"<", 1)
    return data


def xml_declaration(data: bytes, rng: Random) -> bytes:
    name = rng.choice(
        ("utf-16", "ascii", "latin-1", "foo", "utf-7", "cp037", "utf-32", "big5", "", "x" * 300)
    )
    text = re.sub(rb"^<\?xml[^>]*\?>", b"", data)
    declared = f'<?xml version="{rng.choice(("1.0", "1.1", "9"))}" encoding="{name}"?>'.encode()
    return rng.choice((b"", b" ", b"\n", b"\xef\xbb\xbf", b"x")) + declared + text


# -- JSON ------------------------------------------------------------------------------------


_NODES: tuple[object, ...] = (
    *(None, True, 0, -1, 10**400, 1.5, float("nan"), float("inf"), [], {}, [[]], [None], {"a": 1}),
    *([{"la_child_id": 5}], ["HAND", 3, None, {}], [1] * 500, {"purge": True}),
)


def json_nodes(data: bytes, rng: Random) -> bytes:
    try:
        tree = json.loads(data)
    except ValueError:
        tree = [json.loads(line) for line in data.splitlines()]
    places: list[tuple[object, object]] = []

    def walk(node: object) -> None:
        items: Iterator[tuple[object, object]] = iter(())
        if isinstance(node, dict):
            items = iter(node.items())
        elif isinstance(node, list):
            items = iter(enumerate(node))
        for key, value in items:
            places.append((node, key))
            walk(value)

    walk(tree)
    for holder, key in rng.sample(places, min(len(places), rng.choice((1, 1, 4)))):
        value = rng.choice((*VALUES, *_NODES))
        try:
            holder[key] = value  # type: ignore[index]
        except (KeyError, IndexError):
            continue
    return json.dumps(tree).encode()


def json_shape(data: bytes, rng: Random) -> bytes:
    depth = rng.choice((50, 5_000, 200_000))
    return rng.choice(
        (
            b"[" * depth,
            b"[" * depth + b"]" * depth,
            b'{"la_child_id":' * depth,
            data + data,
            b"[" + data,
            data + b"]",
            data.replace(b",", b",,", 1),
            data.replace(b":", b"=", 1),
            b'[{"la_child_id": "A", "la_child_id": "B"}]',
            b"[1, 2]",
            b"{}",
            b"[]",
            b'{"la_child_id": "A"' + b', "x": 1' * depth + b"}",
            b'[{"la_child_id": "\\ud800", "social_care_episodes": [{"referral_date": "2022-01-01"}]}]',
            b'[{"la_child_id": ' + b"9" * 5_000 + b"}]",
        )
    )


# -- archives --------------------------------------------------------------------------------

NAMES = (
    *(
        "../episodes.csv",
        "/etc/episodes.csv",
        "C:\\episodes.csv",
        "a/../../b.csv",
        "..\\..\\x.csv",
        "..",
    ),
    *(
        "a\0b.csv",
        "new\nline.csv",
        "x" * 300 + ".csv",
        ".hidden.csv",
        "__MACOSX/episodes.csv",
        " ",
        "a//b.csv",
    ),
    *(
        "épisodes.csv",
        "episodes.csv/",
        "aux.csv",
        "\u202evsc.exe",
        "a/./b.csv",
        "~/x.csv",
        "-rf.csv",
        "%00.csv",
    ),
)


def zip_names(data: bytes, rng: Random) -> bytes:
    members = _members(data)
    renamed = {}
    for name, content in members.items():
        renamed[rng.choice(NAMES) if rng.random() < 0.6 else name] = content
    return zip_bytes(renamed)


def zip_kinds(data: bytes, rng: Random) -> bytes:
    """Links, passwords, other compression, false sizes, bombs, zips in zips, names given twice."""
    what = rng.randrange(10)
    buffer = io.BytesIO()
    content = csv_bytes([["CHILD", "DECOM"], ["A", "01/01/2016"]])
    if what == 0:
        with zipfile.ZipFile(buffer, "w") as zipped:
            link = zipfile.ZipInfo("episodes.csv")
            link.external_attr = 0o120777 << 16
            zipped.writestr(link, "/etc/passwd")
    elif what == 1:
        packed = bytearray(data)
        for start in [m.start() for m in re.finditer(b"PK\x01\x02", data)]:
            packed[start + 8] |= 1
        return bytes(packed)
    elif what == 2:
        method = rng.choice((zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
        with zipfile.ZipFile(buffer, "w", method) as zipped:
            zipped.writestr("episodes.csv", content)
    elif what == 3:
        packed = bytearray(data)
        for start in [m.start() for m in re.finditer(b"PK\x01\x02", data)]:
            struct.pack_into("<I", packed, start + rng.choice((20, 24, 42)), rng.randrange(2**32))
        return bytes(packed)
    elif what == 4:
        return zip_bytes({"bomb.csv": b"\0" * rng.choice((11 * 2**20, 12 * 2**20))})
    elif what == 5:
        inner = data
        for depth in range(rng.choice((1, 2, 3, 6))):
            inner = zip_bytes({f"in-{depth}.zip": inner})
        return inner
    elif what == 6:
        with zipfile.ZipFile(buffer, "w") as zipped:
            for number in range(rng.choice((0, 3, 10_001))):
                zipped.writestr(zipfile.ZipInfo(f"{number}.csv"), b"")
    elif what == 7:
        return data[: data.rfind(b"PK\x05\x06")] + data
    elif what == 8:
        return data + rng.choice((b"PK\x05\x06" + b"\0" * 18, b"\0" * 500, b"PK\x03\x04", data))
    else:
        return b"MZ" * 50 + data
    return buffer.getvalue()


def zip_inside(data: bytes, rng: Random) -> bytes:
    """Break one file inside, and pack it soundly."""
    members = _members(data)
    if not members:
        return data
    name = rng.choice(sorted(members))
    mutation = rng.choice((*ANY, *(XML if name.endswith((".xml", ".rels")) else CSV)))
    members[name] = mutation(members[name], rng)
    return zip_bytes(members)


def zip_parts(data: bytes, rng: Random) -> bytes:
    """Leave out, swap or rename parts of a workbook, or add some."""
    members = _members(data)
    names = sorted(members)
    name, other = rng.choice(names), rng.choice(names)
    what = rng.randrange(5)
    if what == 0:
        del members[name]
    elif what == 1:
        members[name], members[other] = members[other], members[name]
    elif what == 2:
        members[name.upper()] = members.pop(name)
    elif what == 3:
        members[rng.choice(NAMES)] = members[name]
    else:
        members["xl/vbaProject.bin"] = bytes(rng.randrange(256) for _ in range(100))
    return zip_bytes(members)


def sheet_cells(data: bytes, rng: Random) -> bytes:
    """Break cells of a sheet: addresses, types, numbers, references to texts that are not there."""
    members = _members(data)
    sheets = [name for name in members if name.startswith("xl/worksheets/sheet")]
    if not sheets:
        return data
    name = rng.choice(sorted(sheets))
    xml = members[name].decode("utf-8", "replace")
    cells = list(re.finditer(r"<c [^>]*>(.*?)</c>", xml))
    for cell in rng.sample(cells, min(len(cells), 3)):
        new = rng.choice(
            (
                '<c r="XFD1048576"><v>1</v></c>',
                '<c r="A99999999999"><v>1</v></c>',
                '<c r="ZZZZ1"><v>1</v></c>',
                '<c r=""><v>1</v></c>',
                "<c><v>1</v></c>",
                '<c r="B2" t="s"><v>999999</v></c>',
                '<c r="B2" t="s"><v>-1</v></c>',
                '<c r="B2" t="s"><v></v></c>',
                '<c r="B2" t="e"><v>#N/A</v></c>',
                '<c r="B2" t="b"><v>7</v></c>',
                '<c r="B2" t="d"><v>2015-99-99</v></c>',
                '<c r="B2" s="1"><v>1e300</v></c>',
                '<c r="B2" s="1"><v>-5</v></c>',
                '<c r="B2" s="9999"><v>5</v></c>',
                '<c r="B2" s="1"><v>2958466</v></c>',
                '<c r="B2"><v>nan</v></c>',
                '<c r="B2"><v>1e999</v></c>',
                '<c r="B2"><f>SUM(A1:A9)</f></c>',
                '<c r="B2" t="inlineStr"><is><t>x</t><r><t>y</t></r></is></c>',
                '<c r="B2" t="nothing"><v>x</v></c>',
            )
        )
        xml = xml.replace(cell[0], new, 1)
    if rng.random() < 0.2:
        xml = re.sub(r'<dimension ref="[^"]*"/>', '<dimension ref="A1:XFD1048576"/>', xml)
    members[name] = xml.encode()
    return zip_bytes(members)


def _members(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as zipped:
            return {each.filename: zipped.read(each) for each in zipped.infolist()}
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, NotImplementedError):
        return {}


ANY: tuple[Mutation, ...] = (
    *(flip_bytes, cut_off, cut_out, repeat_span, put_in, huge_value, other_encoding, shuffle_lines),
)
CSV: tuple[Mutation, ...] = (csv_cells, csv_cells, csv_cells, csv_headers)
XML: tuple[Mutation, ...] = (
    xml_doctype,
    xml_tags,
    xml_tags,
    xml_deep,
    xml_values,
    xml_values,
    xml_declaration,
)
JSON: tuple[Mutation, ...] = (json_nodes, json_nodes, json_nodes, json_shape)
WORKBOOK: tuple[Mutation, ...] = (zip_inside, zip_inside, zip_parts, sheet_cells, sheet_cells)
ZIP: tuple[Mutation, ...] = (zip_names, zip_kinds, zip_kinds, zip_inside)
OWN: dict[str, tuple[Mutation, ...]] = {
    "cin": XML,
    "annex_a_xlsx": WORKBOOK,
    "annex_a_csv": CSV,
    "ssda903_csv": CSV,
    "ssda903_xml": XML,
    "ssd_csv": CSV,
    "dfe_api": JSON,
    "zip": ZIP,
}


def broken_file(kind: str, number: int) -> tuple[str, bytes, str]:
    """The broken file of this number: its name, its bytes, and what was done to it."""
    rng = random.Random(f"{kind} {number}")
    name, data = rng.choice(seeds()[kind])
    done = []
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        own = not done and rng.random() < 0.6
        mutation = rng.choice(OWN[kind] if own else ANY)
        data = mutation(data, rng)
        done.append(mutation.__name__)
    return name, data, ", ".join(done)
