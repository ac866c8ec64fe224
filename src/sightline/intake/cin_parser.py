"""One pass over a census file with expat: rows of every part, and what did not fit.

Expat calls a function for each element, so little is done there: a value is put at its place in the
row of the block that is open. A batch of children later becomes Arrow columns at once; what rows
carry from the blocks they lie in is taken then, so that it may also stand after them in the file.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any, TypeAlias
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
"""Rows after which the children so far are turned into columns."""
_MOST_WAITING = _BATCH + MAX_ROWS_OF_A_CHILD
_MOST_WORDS = 100_000
_MOST_TEXTS = 100_000
"""Texts between elements after which they are looked at, were the child not yet at its end."""
_SHOWN = 200
_ABOVE, _LINE, _FIRST = 0, 1, 2
"""Places in a row: which row of the block around it, the line of the file, the first field."""
_COUNTED = {
    "unknown-part": "The census has no “{name}” where it stands here ({count} times); not read.",
    "misplaced-part": "“{name}” does not stand where the census has it ({count} times); read.",
    "other-spelling": "“{name}” is not the census's name for it ({count} times); read all the same.",
    "empty-part": "“{name}” has nothing in it ({count} times); read as not given.",
    "stray-text": "There is text between elements in “{name}” ({count} more times); not read.",
    "repeated-part": "“{name}” is given again ({count} more times); the first of each was kept.",
    "child-without-episode": "More children have no “{name}” ({count} of them); they were kept.",
}
"""What is said once of all alike, at the first place."""

Row = list[Any]
_Handlers = tuple[
    Callable[[str, dict[str, str]], None], Callable[[str], None], Callable[[str], None]
]


class _StrayTextError(Exception):
    """There is text between elements, and the place of each must now be told."""


class _Words(dict[str, str | None]):
    """Each different text once, tidied; a blank is none."""

    def __missing__(self, text: str) -> str | None:
        if len(self) > _MOST_WORDS:
            self.clear()
        value = self[text] = tidy(text) or None
        return value


class _Rows:
    """The rows of a part: those of the batch, and the columns of the batches before."""

    def __init__(self, fields: tuple[str, ...], around: "_Rows | None") -> None:
        self.fields = fields
        self.blank = [None] * len(fields)
        self.carries: tuple[str, ...] = ()
        self.is_list = False
        self.rows: list[Row] = []
        self.above: list[Row] = around.rows if around is not None else []
        self._around = around
        self._batch: pa.Table | None = None
        self._batches: list[pa.Table] = []

    def gather(self) -> int:
        """Turn the rows of the batch into columns, after the block around; give their number."""
        self._batch = None
        if not self.rows:
            return 0
        above, lines, *values = zip(*self.rows, strict=True)
        columns: dict[str, pa.Array | pa.ChunkedArray] = {"line": pa.array(lines, pa.int32())}
        if self._around is not None and self._around._batch is not None:
            places = pa.array(above, pa.int32())
            for name in self._around.carries:
                columns[name] = self._around._batch.column(name).take(places)
        for name, column in zip(self.fields, values, strict=True):
            columns[name] = pa.array(column, pa.string())
        self._batch = pa.table(columns)
        self._batches.append(self._batch)
        self.rows.clear()
        return len(lines)

    def table(self) -> pa.Table | None:
        """All rows, if there are any.

        Also none where there could have been: a plan without a review is known to have none.
        """
        if self._batches:
            return pa.concat_tables(self._batches)
        if self.is_list and self._around is not None and self._around._batches:
            texts = {
                name: pa.array([], pa.string()) for name in (*self._around.carries, *self.fields)
            }
            return pa.table({"line": pa.array([], pa.int32()), **texts})
        return None


class _Frame:
    """An element that may be open: what each name in it means.

    `known` has the names that belong in it, `astray` others of its block. `rows` are those of a
    block, and none for an element that only holds others together; `needs_content` says that such
    an element should have something in it.
    """

    def __init__(self, name: str, rows: _Rows | None = None) -> None:
        self.name = name
        self.rows = rows
        self.known: dict[str, _Meaning] = {}
        self.astray: dict[str, _Meaning] = {}
        self.needs_content = False


_Meaning: TypeAlias = int | _Rows | _Frame
"""What an element is: a field, by its place in the row; a row of its own; or what holds others."""


class _Noticed:
    """Findings with their places, up to a number of each kind; then, and for some kinds, counts."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._placed: list[Finding] = []
        self._each: Counter[str] = Counter()
        self._counted: dict[tuple[str, str], list[int]] = {}

    def place(self, code: str, line: int, column: str, value: str, message: str) -> None:
        """Keep a finding with its place, or count it if there are many already."""
        self._each[code] += 1
        if self._each[code] > MAX_EACH:
            self.count(code, line, column)
        else:
            self._placed.append(self._finding(code, line, column, value[:_SHOWN], message))

    def count(self, code: str, line: int, name: str) -> None:
        """Count what is reported once for all alike."""
        if len(self._counted) > MAX_EACH:
            name = "other names"
        self._counted.setdefault((code, name[:_SHOWN]), [line, 0])[1] += 1

    def findings(self) -> list[Finding]:
        """All of them, those with places first."""
        counted = [
            self._finding(
                code, line, name, "", _COUNTED[code].format(name=name, count=f"{times:,}")
            )
            for (code, name), (line, times) in sorted(self._counted.items())
        ]
        return [*self._placed, *counted]

    def _finding(self, code: str, line: int, column: str, value: str, message: str) -> Finding:
        return Finding(code, self._path, f"line {line}", column, value, message)


class CensusParser:
    """Reads the bytes of one file; then `tables`, `header` and `findings` say what was in it.

    `declared` is the encoding the file declares, and `prefixed` whether it uses a namespace.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.declared = ""
        self.prefixed = False
        self._watchful = False
        self._begin()

    def _begin(self) -> None:
        self._noticed = _Noticed(self.path)
        self._parts: dict[str, _Rows] = {}
        self._names: dict[str, str] = {}
        self._root = self._shape()
        self._open: list[tuple[_Frame, Row, bool]] = []
        self._passing = 0
        self._gathered = 0

    # -- the shape -------------------------------------------------------------------------

    def _shape(self) -> _Frame:
        """Make the frame outside the outermost element, with all that it may hold."""
        root, message = _Frame(""), _Frame("Message")
        header, children = _Frame("Header"), _Frame("Children")
        for block in (layout.COLLECTION, layout.SOURCE):
            header.known[block.part] = self._block(block, None)
        self._child = self._block(layout.CHILD, None)
        children.known["Child"] = self._child
        message.known = {"Header": header, "Children": children}
        message.astray = {**header.known, **children.known}
        root.known = {"Message": message, "Children": children}
        for name in ("Message", "Header", "Children", *layout.NOT_READ):
            self._names[name.lower()] = name
        return root

    def _block(self, block: Block, around: _Rows | None) -> _Frame:
        """Make the frame of a block, with those of all that lies in it."""
        rows = self._parts[block.part] = _Rows(block.fields, around)
        rows.carries = block.carries
        frame = _Frame(block.part, rows)
        every: dict[str, _Meaning] = {
            name: place for place, name in enumerate(block.fields, start=_FIRST)
        }
        every |= {other: every[name] for other, name in block.also.items()}
        for name in block.lists:
            listed = every[name] = self._parts[name] = _Rows((name,), rows)
            listed.is_list = True
        for inner in block.blocks:
            every[inner.part] = self._block(inner, rows)
        wrappers = {name: _Frame(name) for name in block.wrappers}
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
        try:
            self._read(data, encoding)
        except _StrayTextError:
            # That it has none is seen once a child; where it stands, at each element.
            self._watchful = True
            self._begin()
            self._read(data, encoding)

    def _read(self, data: bytes, encoding: str | None) -> None:
        self._expat = expat.ParserCreate(encoding)
        self._expat.buffer_text = True
        self._expat.StartDoctypeDeclHandler = self._refuse_doctype
        self._expat.XmlDeclHandler = self._declare
        self._handlers = self._make_handlers()
        self._read_on()
        self._expat.Parse(data, True)
        self._gather()

    @property
    def tables(self) -> dict[str, pa.Table]:
        """The rows of each part of the census that has any."""
        header = (layout.COLLECTION.part, layout.SOURCE.part)
        every = {name: rows.table() for name, rows in self._parts.items() if name not in header}
        return {name: table for name, table in every.items() if table is not None}

    def header(self, block: Block) -> list[dict[str, Any]]:
        """The rows of a block of the header, by field, with `line`."""
        table = self._parts[block.part].table()
        return list(table.to_pylist()) if table is not None else []

    def findings(self) -> list[Finding]:
        """What did not fit."""
        return self._noticed.findings()

    def _declare(self, _: str, encoding: str | None, __: int) -> None:
        self.declared = encoding or ""

    def _refuse_doctype(self, *_: object) -> None:
        raise UnreadableFileError(
            f"{self.path}: refused, because it declares a document type (DOCTYPE), which no census "
            "needs and which can hide a harmful file."
        )

    def _make_handlers(self) -> _Handlers:  # noqa: PLR0915 - a call costs more than the work
        """Make the functions that expat calls at each start, end and text of an element.

        They are called millions of times, so what they use is near at hand, and all that is rare is
        left to methods. What text there is since the start of a field is its value; all other lies
        between elements.
        """
        parser, opened, child, words = self._expat, self._open, self._child, _Words()
        texts: list[str] = []
        most_texts = 0 if self._watchful else _MOST_TEXTS
        frame, hollow = self._root, False
        known = frame.known
        row: Row = []
        leaf: int | _Rows | None = None
        line = waiting = mark = 0

        def look() -> None:
            if texts and not (text := "".join(texts)).isspace():
                if not self._watchful:
                    raise _StrayTextError
                self._stray(text, frame)
            texts.clear()

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal frame, hollow, known, row, leaf, line, mark, waiting
            if leaf is not None:
                self._count("unknown-part", tag)
                self._pass_over()
                return
            mark = len(texts)
            if mark > most_texts:
                look()
                mark = 0
            if attributes:
                self._attributes(tag, attributes)
            meaning = known.get(tag)
            if type(meaning) is int:
                leaf = meaning
                return
            if meaning is None:
                meaning = self._find(tag, frame)
            if type(meaning) is int:
                leaf = meaning
            elif type(meaning) is _Frame:
                opened.append((frame, row, hollow))
                if len(opened) > MAX_DEPTH:
                    self._refuse_depth()
                frame, known, hollow = meaning, meaning.known, meaning.needs_content
                if (rows := frame.rows) is not None:
                    line = parser.CurrentLineNumber
                    row = [len(rows.above) - 1, line, *rows.blank]
                    rows.rows.append(row)
                    waiting += 1
                    if waiting > _MOST_WAITING:
                        self._refuse_child(line)
            elif type(meaning) is _Rows:
                leaf, line = meaning, parser.CurrentLineNumber
            else:
                self._pass_over()

        def end(tag: str) -> None:  # noqa: PLR0912 - the same
            nonlocal frame, hollow, known, row, leaf, waiting
            if leaf is None:
                if frame is child or len(texts) > most_texts or len(opened) == 1:
                    look()
                if hollow:
                    self._hollow(frame)
                    waiting += 1
                    if waiting > _MOST_WAITING:
                        self._refuse_child(parser.CurrentLineNumber)
                done = frame
                frame, row, hollow = opened.pop()
                known = frame.known
                if done is child:
                    self._look_at_child()
                    if waiting > _BATCH:
                        self._gather()
                        waiting = 0
                return
            field, leaf = leaf, None
            value = None
            given = len(texts) - mark
            if given == 1:
                value = words[texts.pop()]
            elif given:
                value = words["".join(texts[mark:])]
                del texts[mark:]
            if type(field) is int:
                if value is not None:
                    if row[field] is None:
                        row[field] = value
                    else:
                        self._repeated(tag, value, frame)
            elif type(field) is _Rows:
                if value is not None or field.fields[0] in layout.BLANK_IS_A_ROW:
                    field.rows.append([len(field.above) - 1, line, value])
                    hollow = False
                    waiting += 1
                    if waiting > _MOST_WAITING:
                        self._refuse_child(line)
                elif not hollow and tag not in layout.MAY_BE_EMPTY:
                    self._count("empty-part", tag)

        return start, end, texts.append

    def _read_on(self) -> None:
        parser = self._expat
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = (
            self._handlers
        )

    def _look_at_child(self) -> None:
        children, episodes = self._parts["Child"].rows, self._parts["CINdetails"].rows
        if not episodes or episodes[-1][_ABOVE] != len(children) - 1:
            message = "The child has no episode (CINdetails); the child was kept."
            line = children[-1][_LINE]
            self._noticed.place("child-without-episode", line, "CINdetails", "", message)

    def _gather(self) -> None:
        """Turn the rows so far into columns; every child among them must be complete."""
        self._gathered += sum(rows.gather() for rows in self._parts.values())
        if self._gathered > MAX_ROWS:
            raise UnreadableFileError(
                f"{self.path}: has more than {MAX_ROWS:,} rows, more than a census may have; "
                "load one authority's at a time."
            )

    # -- what does not fit -----------------------------------------------------------------

    def _find(self, tag: str, frame: _Frame) -> _Meaning | None:
        """What an element means that is not as the census has it, if it means anything."""
        prefix, _, local = tag.rpartition(":")
        key = local.lower()
        name = layout.OTHER_NAMES.get(key) or self._names.get(key, "")
        meaning = frame.known.get(name)
        if meaning is None:
            if frame is self._root:
                raise UnreadableFileError(
                    f"{self.path}: its outermost element is “{tag[:_SHOWN]}”, where the census has "
                    "“Message”; export it again."
                )
            meaning = frame.astray.get(name)
            if meaning is None:
                if name not in layout.NOT_READ:
                    self._count("unknown-part", local)
                return None
            self._count("misplaced-part", name)
        elif prefix and name == local:
            # Next time it is known at once.
            frame.known[tag] = meaning
        self.prefixed = self.prefixed or bool(prefix)
        if name != local:
            self._count("other-spelling", local)
        return meaning

    def _pass_over(self) -> None:
        """Read nothing until the element that has just begun has ended."""
        self._passing = 1
        self._expat.StartElementHandler = self._passed_start
        self._expat.EndElementHandler = self._passed_end
        self._expat.CharacterDataHandler = None

    def _passed_start(self, *_: object) -> None:
        self._passing += 1
        if len(self._open) + self._passing > MAX_DEPTH:
            self._refuse_depth()

    def _passed_end(self, _: str) -> None:
        self._passing -= 1
        if not self._passing:
            self._read_on()

    def _attributes(self, tag: str, attributes: dict[str, str]) -> None:
        for name in attributes:
            if name == "xmlns" or name.startswith("xmlns:"):
                self.prefixed = True
            elif not name.startswith(("xsi:", "xml:")):
                self._count("unknown-part", f"{tag}@{name}")

    def _stray(self, text: str, frame: _Frame) -> None:
        """Report text between elements, at the line it begins on."""
        if value := tidy(text):
            line = self._expat.CurrentLineNumber - text.lstrip().count("\n")
            message = "There is text between two elements, where none may be; it was not read."
            self._noticed.place("stray-text", line, frame.name, value, message)

    def _repeated(self, tag: str, value: str, frame: _Frame) -> None:
        around = [frame, *(each for each, _, _ in reversed(self._open))]
        block = next(each.name for each in around if each.rows is not None)
        message = f"“{tag}” is given again in one “{block}”; the first was kept."
        line = self._expat.CurrentLineNumber
        self._noticed.place("repeated-part", line, tag, value, message)

    def _hollow(self, frame: _Frame) -> None:
        """Report an element that should hold others and holds none; or keep it as a row."""
        if frame.name not in layout.BLANK_IS_A_ROW:
            self._count("empty-part", frame.name)
            return
        for rows in frame.known.values():
            if isinstance(rows, _Rows):
                rows.rows.append([len(rows.above) - 1, self._expat.CurrentLineNumber, None])

    def _count(self, code: str, name: str) -> None:
        self._noticed.count(code, self._expat.CurrentLineNumber, name)

    def _refuse_depth(self) -> None:
        raise UnreadableFileError(
            f"{self.path}: has more than {MAX_DEPTH} elements within one another (line "
            f"{self._expat.CurrentLineNumber}), which no census has; export it again."
        )

    def _refuse_child(self, line: int) -> None:
        raise UnreadableFileError(
            f"{self.path}: one child has more than {MAX_ROWS_OF_A_CHILD:,} rows (line {line}), which "
            "cannot be right; export it again."
        )
