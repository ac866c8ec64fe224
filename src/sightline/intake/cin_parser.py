"""One pass over a census file with expat: rows of every part, and what did not fit.

Expat calls a function for each element, so little is done there: a value is put at its place in the
row of the block that is open. A batch of children later becomes Arrow columns at once; what rows
carry from the blocks they lie in is taken then, so that it may stand after them in the file.
"""

from collections import Counter
from typing import Any, Final
from xml.parsers import expat

import pyarrow as pa

from sightline.intake import cin_layout as layout
from sightline.intake.cin_layout import Block
from sightline.intake.parts import Finding, UnreadableFileError
from sightline.intake.sheets import tidy

MAX_DEPTH = 50
"""Elements within one another; the census needs eight."""
MAX_ROWS = 20_000_000
"""Rows a file may give: several times those of every child in England."""
MAX_ROWS_OF_A_CHILD = 100_000
MAX_EACH = 1_000
"""Findings of one kind that are each given their place; those beyond are counted."""

_BATCH = 20_000
"""Rows after which a batch of children is turned into columns."""
_SHOWN = 200
_MOST_WORDS = 100_000
_PARENT, _LINE, _FIRST = 0, 1, 2
"""Places in a row: which row of the block around it, the line of the file, the first field."""

Row = list[Any]


class _Words(dict[str, str | None]):
    """Each different text once, tidied; a blank is none."""

    def __missing__(self, text: str) -> str | None:
        if len(self) > _MOST_WORDS:
            self.clear()
        value = self[text] = tidy(text) or None
        return value


class _Rows:
    """The rows of a part: those of the batch, and the columns of the batches before."""

    def __init__(self, name: str, fields: tuple[str, ...], around: "_Rows | None") -> None:
        self.name = name
        self.fields = fields
        self.around = around
        self.carries: tuple[str, ...] = ()
        self.rows: list[Row] = []
        self.blank = [None] * len(fields)
        self.batch: pa.Table | None = None
        self.batches: list[pa.Table] = []

    def gather(self) -> None:
        """Turn the rows of the batch into columns. The block around must have been gathered."""
        self.batch = None
        if not self.rows:
            return
        places, lines, *values = zip(*self.rows, strict=True)
        columns: dict[str, pa.Array | pa.ChunkedArray] = {"line": pa.array(lines, pa.int32())}
        if self.around is not None and self.around.batch is not None:
            taken = pa.array(places, pa.int32())
            for name in self.around.carries:
                columns[name] = self.around.batch.column(name).take(taken)
        for name, column in zip(self.fields, values, strict=True):
            columns[name] = pa.array(column, pa.string())
        self.batch = pa.table(columns)
        self.batches.append(self.batch)
        self.rows.clear()

    def table(self) -> pa.Table | None:
        """All rows, if there are any."""
        return pa.concat_tables(self.batches) if self.batches else None


class _Frame:
    """An element that may be open: what each name in it means.

    `known` has the names that belong in it, `astray` others of its block. `rows` is that of a block,
    and none for an element that only holds others together.
    """

    def __init__(self, name: str, rows: _Rows | None) -> None:
        self.name = name
        self.rows = rows
        self.known: dict[str, int | _Rows | _Frame] = {}
        self.astray: dict[str, int | _Rows | _Frame] = {}
        self.needs_content = False


class CensusParser:
    """Reads the bytes of one file; then `parts`, `header` and `findings` say what was in it."""

    def __init__(self, path: str) -> None:
        self.path: Final = path
        self.declared = ""
        self.prefixed = False
        self.findings: list[Finding] = []
        self._rows: dict[str, _Rows] = {}
        self._each: Counter[str] = Counter()
        self._counted: dict[tuple[str, str], list[int]] = {}
        self._names: dict[str, str] = {}
        self._child = self._block(layout.CHILD, None)
        self._frame = self._root()
        self._known = self._frame.known
        self._row: Row = []
        self._filled = True
        self._stack: list[tuple[_Frame, Row, bool]] = []
        self._leaf: int | _Rows | None = None
        self._line = 0
        self._texts: list[str] = []
        self._words = _Words()
        self._depth = 0
        self._batched = 0
        self._total = 0

    # -- the shape -------------------------------------------------------------------------

    def _root(self) -> _Frame:
        root, message = _Frame("", None), _Frame("Message", None)
        header, children = _Frame("Header", None), _Frame("Children", None)
        header.known = {
            block.part: self._block(block, None) for block in (layout.COLLECTION, layout.SOURCE)
        }
        children.known = {"Child": self._child}
        message.known = {"Header": header, "Children": children}
        message.astray = {**header.known, **children.known}
        root.known = {"Message": message, "Children": children}
        for name in ("Message", "Header", "Children", *layout.NOT_READ):
            self._names[name.lower()] = name
        return root

    def _block(self, block: Block, around: _Rows | None) -> _Frame:
        """Make the frame of a block, with those of all that lies in it."""
        rows = self._rows[block.part] = _Rows(block.part, block.fields, around)
        rows.carries = block.carries
        frame = _Frame(block.part, rows)
        every: dict[str, int | _Rows | _Frame] = {
            name: place for place, name in enumerate(block.fields, start=_FIRST)
        }
        every |= {other: every[name] for other, name in block.also.items()}
        for name in block.lists:
            every[name] = self._rows[name] = _Rows(name, (name,), rows)
        for inner in block.blocks:
            every[inner.part] = self._block(inner, rows)
        wrappers = {name: _Frame(name, None) for name in block.wrappers}
        every |= wrappers
        for name, wrapper in wrappers.items():
            wrapper.known = {inner: every[inner] for inner in block.wrappers[name]}
            wrapper.astray = every
            wrapper.needs_content = name not in layout.MAY_BE_EMPTY
        wrapped = {name for names in block.wrappers.values() for name in names}
        frame.known = {name: every[name] for name in every if name not in wrapped}
        frame.astray = every
        for name in (block.part, *every):
            self._names[name.lower()] = name
        return frame

    # -- reading ---------------------------------------------------------------------------

    def parse(self, data: bytes, encoding: str | None = None) -> None:
        """Read the file; `expat.ExpatError` if it is not well-formed XML.

        `encoding` overrules what the file declares. `UnreadableFileError` for what is refused.
        """
        self._expat = parser = expat.ParserCreate(encoding)
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._texts.append
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.XmlDeclHandler = self._declare
        parser.Parse(data, True)
        self._gather()
        self._report_counted()

    @property
    def tables(self) -> dict[str, pa.Table]:
        """The rows of each part of the census that has any."""
        tables = {name: rows.table() for name, rows in self._rows.items()}
        header = {layout.COLLECTION.part, layout.SOURCE.part}
        return {name: t for name, t in tables.items() if t is not None and name not in header}

    def header(self, block: Block) -> list[dict[str, Any]]:
        """The rows of a block of the header, by field, with `line`."""
        table = self._rows[block.part].table()
        return table.to_pylist() if table is not None else []

    def _declare(self, _: str, encoding: str | None, __: int) -> None:
        self.declared = encoding or ""

    def _refuse_doctype(self, *_: object) -> None:
        raise UnreadableFileError(
            f"{self.path}: refused, because it declares a document type (DOCTYPE), which no census "
            "needs and which can hide a harmful file."
        )

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._leaf is not None:
            self._count("unknown-part", tag)
            self._skip()
            return
        texts = self._texts
        if texts:
            if len(texts) > 1 or not texts[0].isspace():
                self._stray()
            texts.clear()
        if attributes:
            self._attributes(tag, attributes)
        target = self._known.get(tag)
        if target is None:
            target = self._find(tag)
            if target is None:
                self._skip()
                return
        if target.__class__ is int:
            self._leaf = target
        elif target.__class__ is _Frame:
            self._open(target)
        else:
            self._leaf = target
            self._line = self._expat.CurrentLineNumber
            self._check_rows()

    def _end(self, tag: str) -> None:
        leaf = self._leaf
        if leaf is None:
            self._close()
            return
        self._leaf = None
        texts = self._texts
        value = None
        if texts:
            value = self._words["".join(texts) if len(texts) > 1 else texts[0]]
            texts.clear()
        if leaf.__class__ is int:
            if value is not None:
                if self._row[leaf] is None:
                    self._row[leaf] = value
                else:
                    self._repeated(tag, value)
        elif value is not None:
            self._filled = True
            leaf.rows.append([len(leaf.around.rows) - 1, self._line, value])
            self._batched += 1
        else:
            self._count("empty-part", tag)

    def _open(self, frame: _Frame) -> None:
        self._stack.append((self._frame, self._row, self._filled))
        self._check_depth()
        self._filled = not frame.needs_content
        rows = frame.rows
        if rows is not None:
            around = rows.around
            place = len(around.rows) - 1 if around is not None else 0
            self._row = [place, self._expat.CurrentLineNumber, *rows.blank]
            rows.rows.append(self._row)
            self._batched += 1
            self._check_rows()
        self._frame = frame
        self._known = frame.known

    def _close(self) -> None:
        texts = self._texts
        if texts:
            if len(texts) > 1 or not texts[0].isspace():
                self._stray()
            texts.clear()
        frame = self._frame
        if not self._filled:
            self._count("empty-part", frame.name)
        self._frame, self._row, self._filled = self._stack.pop()
        self._known = self._frame.known
        if frame is self._child:
            self._end_child()

    def _end_child(self) -> None:
        children, episodes = self._rows["Child"].rows, self._rows["CINdetails"].rows
        if not episodes or episodes[-1][_PARENT] != len(children) - 1:
            message = "The child has no episode (CINdetails); the child was kept."
            self._place("child-without-episode", children[-1][_LINE], "CINdetails", "", message)
        if self._batched > _BATCH:
            self._gather()

    def _gather(self) -> None:
        """Turn the rows so far into columns; every child among them must be complete."""
        for rows in self._rows.values():
            rows.gather()
        self._total += self._batched
        self._batched = 0
        if self._total > MAX_ROWS:
            raise UnreadableFileError(
                f"{self.path}: has more than {MAX_ROWS:,} rows, more than a census may have; "
                "load one authority's at a time."
            )

    def _check_rows(self) -> None:
        if self._batched > _BATCH + MAX_ROWS_OF_A_CHILD:
            raise UnreadableFileError(
                f"{self.path}: one child has more than {MAX_ROWS_OF_A_CHILD:,} blocks (line "
                f"{self._expat.CurrentLineNumber}), which cannot be right; export it again."
            )

    # -- what does not fit -----------------------------------------------------------------

    def _find(self, tag: str) -> "int | _Rows | _Frame | None":
        """What an element means that does not stand as the census has it, if it means anything."""
        prefix, _, local = tag.rpartition(":")
        key = local.lower()
        name = self._names.get(key) or layout.OTHER_NAMES.get(key)
        if not self._stack and name not in self._known:
            raise UnreadableFileError(
                f"{self.path}: its outermost element is “{tag[:_SHOWN]}”, where the census has "
                "“Message”; export it again."
            )
        target = self._known.get(name) if name else None
        if name and target is None:
            target = self._frame.astray.get(name)
            if target is not None:
                self._count("misplaced-part", name)
        if name is None or target is None:
            if name not in layout.NOT_READ:
                self._count("unknown-part", local)
            return None
        if name != local:
            self._count("other-spelling", local)
        elif prefix:
            self.prefixed = True
            if name in self._known:
                self._known[tag] = target
        return target

    def _skip(self) -> None:
        """Pass over an element that the census does not have, with all that is in it."""
        self._depth = 1
        self._expat.StartElementHandler = self._skip_start
        self._expat.EndElementHandler = self._skip_end
        self._expat.CharacterDataHandler = None

    def _skip_start(self, *_: object) -> None:
        self._depth += 1
        self._check_depth()

    def _skip_end(self, _: str) -> None:
        self._depth -= 1
        if not self._depth:
            self._expat.StartElementHandler = self._start
            self._expat.EndElementHandler = self._end
            self._expat.CharacterDataHandler = self._texts.append

    def _check_depth(self) -> None:
        if len(self._stack) + self._depth > MAX_DEPTH:
            raise UnreadableFileError(
                f"{self.path}: has more than {MAX_DEPTH} elements within one another (line "
                f"{self._expat.CurrentLineNumber}), which no census has; export it again."
            )

    def _attributes(self, tag: str, attributes: dict[str, str]) -> None:
        for name in attributes:
            if name == "xmlns" or name.startswith("xmlns:"):
                self.prefixed = True
            elif not name.startswith(("xsi:", "xml:")):
                self._count("unknown-part", f"{tag}@{name}")

    def _stray(self) -> None:
        """Report text that stands between elements."""
        text = "".join(self._texts)
        if value := tidy(text):
            line = self._expat.CurrentLineNumber - text.lstrip().count("\n")
            message = "There is text between two elements, where none may be; it was not read."
            self._place("stray-text", line, self._frame.name, value, message)

    def _repeated(self, tag: str, value: str) -> None:
        message = f"“{tag}” is given again in one “{self._block_name()}”; the first was kept."
        self._place("repeated-part", self._expat.CurrentLineNumber, tag, value, message)

    def _block_name(self) -> str:
        frames = [self._frame, *(frame for frame, _, _ in reversed(self._stack))]
        return next((frame.name for frame in frames if frame.rows is not None), "")

    def _place(self, code: str, line: int, column: str, value: str, message: str) -> None:
        self._each[code] += 1
        if self._each[code] > MAX_EACH:
            self._count(code, column)
            return
        self.findings.append(
            Finding(code, self.path, f"line {line}", column, value[:_SHOWN], message)
        )

    def _count(self, code: str, name: str) -> None:
        line = self._expat.CurrentLineNumber
        self._counted.setdefault((code, name[:_SHOWN]), [line, 0])[1] += 1

    def _report_counted(self) -> None:
        for (code, name), (line, count) in sorted(self._counted.items()):
            message = _COUNTED[code].format(name=name, count=f"{count:,}")
            self.findings.append(Finding(code, self.path, f"line {line}", name, "", message))


_COUNTED = {
    "unknown-part": "The census has no “{name}” where it stands; {count} were not read.",
    "misplaced-part": "“{name}” does not stand where the census has it; {count} were read.",
    "other-spelling": "“{name}” is not how the census writes it; {count} were read.",
    "empty-part": "“{name}” has nothing in it; {count} were read as not given.",
    "stray-text": "There is more text between elements, in “{name}”; {count} were not read.",
    "child-without-episode": "{count} more children have no episode; they were kept.",
    "repeated-part": "“{name}” is given again in {count} more places; the first was kept.",
}
"""What is said once of all alike, at the first place."""
