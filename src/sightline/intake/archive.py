"""Zip archives, opened safely: nothing is written to disk and nothing can grow without limit.

Workbooks are archives too, so the same checks guard both. What is handed on is exactly what was
checked: every member is inflated here, and its true size compared with the size it claims.
"""

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from sightline.intake.parts import UnreadableFileError

MAX_MEMBERS = 10_000
MAX_TOTAL = 2 * 2**30
"""Bytes an archive may hold in all when unpacked."""
MAX_RATIO = 200
RATIO_FROM = 10 * 2**20
"""Bytes from which a member must not be packed closer than `MAX_RATIO`. Small files may be."""

ZIP_START = (b"PK\x03\x04", b"PK\x05\x06")

_ENCRYPTED = 0x1
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_LISTED = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_UTF_8 = 0x800
_VERSION = 20
_DRIVE = re.compile(r"^[A-Za-z]:")
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    ValueError,
    OverflowError,
    EOFError,
)


@dataclass(frozen=True)
class Archive:
    """An archive whose list of members has been checked; `path` is how it is shown to people."""

    path: str
    data: bytes
    members: tuple[zipfile.ZipInfo, ...]

    def names(self) -> tuple[str, ...]:
        """Names of the files in it, in order."""
        return tuple(member.filename for member in self.members)

    def read(self, member: zipfile.ZipInfo) -> bytes:
        """Give the bytes of a member; `UnreadableFileError` if they are not what it claims."""
        try:
            return self._inflate(member)
        except _DAMAGED as error:
            raise _damaged(f"{self.path}/{member.filename}") from error

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Name and bytes of each file, in order of name."""
        for member in sorted(self.members, key=lambda member: member.filename):
            yield member.filename, self.read(member)

    def packed_again(self) -> BytesIO:
        """An archive in memory of these members and nothing else, packed as they are here.

        For a library that unpacks for itself, once every member has been read and so checked.
        """
        made = BytesIO()
        listed = b""
        last = {member.filename: member for member in self.members}
        for name, member in last.items():
            written = name.encode()
            sizes = (member.CRC, member.compress_size, member.file_size, len(written), 0)
            about = (_VERSION, _UTF_8, member.compress_type, 0, 0, *sizes)
            place = (0, 0, 0, 0, made.tell())
            listed += _LISTED.pack(b"PK\x01\x02", _VERSION, *about, *place) + written
            made.write(_LOCAL_HEADER.pack(b"PK\x03\x04", *about) + written)
            made.write(self._packed(member))
        end = (0, 0, len(last), len(last), len(listed), made.tell(), 0)
        made.write(listed + _END.pack(b"PK\x05\x06", *end))
        made.seek(0)
        return made

    def _packed(self, member: zipfile.ZipInfo) -> memoryview:
        start = member.header_offset
        signature, *_, name_size, extra_size = _LOCAL_HEADER.unpack_from(self.data, start)
        if signature != b"PK\x03\x04":
            raise zipfile.BadZipFile
        start += _LOCAL_HEADER.size + name_size + extra_size
        return memoryview(self.data)[start : start + member.compress_size]

    def _inflate(self, member: zipfile.ZipInfo) -> bytes:
        packed = self._packed(member)
        if member.compress_type == zipfile.ZIP_STORED:
            content = bytes(packed)
        elif member.compress_type == zipfile.ZIP_DEFLATED:
            inflater = zlib.decompressobj(-zlib.MAX_WBITS)
            content = inflater.decompress(packed, member.file_size + 1)
        else:
            raise UnreadableFileError(
                f"{self.path}: “{member.filename}” is packed in a way that is not supported; "
                "make the zip again with ordinary compression."
            )
        if len(content) != member.file_size or zlib.crc32(content) != member.CRC:
            raise zipfile.BadZipFile
        return content


def open_archive(data: bytes, path: str) -> Archive:
    """Check an archive's list of members and give it; `UnreadableFileError` if it is not safe.

    Refused: names that lead out of the archive, links, encrypted members, more than `MAX_MEMBERS`,
    more than `MAX_TOTAL` bytes unpacked, and members packed closer than `MAX_RATIO`.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as zipped:
            listed = zipped.infolist()
    except _DAMAGED as error:
        raise _damaged(path) from error
    if len(listed) > MAX_MEMBERS:
        raise UnreadableFileError(
            f"{path}: holds {len(listed):,} files, more than the {MAX_MEMBERS:,} allowed."
        )
    for member in listed:
        _check(member, path)
    total = sum(member.file_size for member in listed)
    if total > MAX_TOTAL:
        raise UnreadableFileError(
            f"{path}: would unpack to {total / 2**30:.1f} GB, more than the "
            f"{MAX_TOTAL / 2**30:.0f} GB allowed; load its files one by one."
        )
    return Archive(path, data, tuple(member for member in listed if not member.is_dir()))


def _check(member: zipfile.ZipInfo, path: str) -> None:
    # `orig_filename` is the name as stored, before Python cuts it at a null character.
    name = member.orig_filename.replace("\\", "/")
    if name.startswith("/") or _DRIVE.match(name) or ".." in name.split("/") or "\0" in name:
        raise UnreadableFileError(
            f"{path}: refused, because the name {member.orig_filename!r} leads out of the archive."
        )
    if stat.S_ISLNK(member.external_attr >> 16):
        raise UnreadableFileError(f"{path}: refused, because {name!r} is a link, not a file.")
    if member.flag_bits & _ENCRYPTED:
        raise UnreadableFileError(
            f"{path}: {name!r} is protected by a password; unpack it and load the files."
        )
    if member.file_size > RATIO_FROM and member.file_size > MAX_RATIO * member.compress_size:
        raise UnreadableFileError(
            f"{path}: refused, because {name!r} would unpack to more than {MAX_RATIO} times "
            "its size, as a zip bomb does."
        )


def _damaged(path: str) -> UnreadableFileError:
    return UnreadableFileError(
        f"{path}: damaged, or not a complete zip or workbook; copy or export it again."
    )
