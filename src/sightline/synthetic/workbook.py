"""A plain workbook of text, numbers and dates, written straight into its archive.

Cells are written once and never read back, which takes a fifth of the time of a general library. The
same cells give the same file, to the byte: nothing in it tells when it was made.
"""

import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from pathlib import Path

from sightline.intake.sheets import letter
from sightline.synthetic.tables import Cell

_EPOCH = date(1899, 12, 30).toordinal()
"""The day from which a workbook counts days."""
_DAY_STYLE = 1
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts count="1">'
    '<numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/>'
    '<xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>'
)

Rows = Sequence[Sequence[Cell]]


def write_workbook(
    path: Path, sheets: Sequence[tuple[str, Rows]], *, title: str, comments: str
) -> None:
    """Write sheets, each a name and its rows, with the header first; `None` is an empty cell."""
    texts: dict[str, int] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:

        def put(name: str, xml: str) -> None:
            # The earliest time an archive can state, which is no time at all.
            archive.writestr(zipfile.ZipInfo(name), _HEAD + xml, zipfile.ZIP_DEFLATED)

        for number, (_, rows) in enumerate(sheets, start=1):
            put(f"xl/worksheets/sheet{number}.xml", _sheet(rows, texts))
        put("xl/sharedStrings.xml", _shared(texts))
        put("xl/styles.xml", _STYLES)
        put("xl/workbook.xml", _workbook([name for name, _ in sheets]))
        put("xl/_rels/workbook.xml.rels", _relations(len(sheets)))
        put("docProps/core.xml", _properties(title, comments))
        put("_rels/.rels", _roots())
        put("[Content_Types].xml", _kinds(len(sheets)))


def _sheet(rows: Rows, texts: dict[str, int]) -> str:
    width = max((len(row) for row in rows), default=0)
    letters = [letter(column) for column in range(width)]
    lines = [
        f'<row r="{line}">{"".join(_cells(row, letters, line, texts))}</row>'
        for line, row in enumerate(rows, start=1)
    ]
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def _cells(
    row: Sequence[Cell], letters: Sequence[str], line: int, texts: dict[str, int]
) -> Iterable[str]:
    for column, cell in zip(letters, row, strict=False):
        if cell is None:
            continue
        if isinstance(cell, str):
            number = texts.setdefault(cell, len(texts))
            yield f'<c r="{column}{line}" t="s"><v>{number}</v></c>'
        elif isinstance(cell, date):
            days = cell.toordinal() - _EPOCH
            yield f'<c r="{column}{line}" s="{_DAY_STYLE}"><v>{days}</v></c>'
        else:
            yield f'<c r="{column}{line}"><v>{cell}</v></c>'


def _shared(texts: Iterable[str]) -> str:
    items = "".join(
        f'<si><t xml:space="preserve">{escape(text, quote=False)}</t></si>' for text in texts
    )
    return f'<sst xmlns="{_MAIN}">{items}</sst>'


def _workbook(names: Sequence[str]) -> str:
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(names, start=1)
    )
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'


def _relations(sheets: int) -> str:
    targets = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, sheets + 1)]
    targets += [("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")]
    return _related((f"{_OFFICE}/{kind}", target) for kind, target in targets)


def _roots() -> str:
    return _related(
        (
            (f"{_OFFICE}/officeDocument", "xl/workbook.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        )
    )


def _related(targets: Iterable[tuple[str, str]]) -> str:
    items = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'


def _kinds(sheets: int) -> str:
    parts = [
        (f"/xl/worksheets/sheet{n}.xml", f"{_KIND}.worksheet+xml") for n in range(1, sheets + 1)
    ]
    parts += [
        ("/xl/workbook.xml", f"{_KIND}.sheet.main+xml"),
        ("/xl/sharedStrings.xml", f"{_KIND}.sharedStrings+xml"),
        ("/xl/styles.xml", f"{_KIND}.styles+xml"),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    ]
    listed = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts)
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{listed}</Types>"
    )


def _properties(title: str, comments: str) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title>"
        f"<dc:subject>{escape(comments)}</dc:subject>"
        f"<dc:description>{escape(comments)}</dc:description></cp:coreProperties>"
    )
