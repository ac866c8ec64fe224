import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from sightline.intake import archive, inputs
from sightline.intake.inputs import decode, open_inputs
from sightline.intake.parts import Source, UnreadableFileError


def zipped(files: dict[str, bytes], **attributes: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            for attribute, value in attributes.items():
                setattr(info, attribute, value)
            made.writestr(info, content)
    return buffer.getvalue()


def paths_in(*paths: Path) -> list[str]:
    return [file.path for file in open_inputs(paths)]


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        list(open_inputs([path]))
    message = str(caught.value)
    assert str(path) in message
    assert "\n" not in message
    return message


def test_a_folder_gives_its_files_in_order_of_name_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.csv", "a/c.csv", ".hidden", ".git/config", "a/.DS_Store"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    assert paths_in(tmp_path) == [str(tmp_path / "b.csv"), str(tmp_path / "a/c.csv")]


def test_files_of_a_folder_or_zip_share_a_group_and_those_of_another_do_not(
    tmp_path: Path,
) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(zipped({"2023/a.csv": b"1", "2023/b.csv": b"2", "2024/a.csv": b"3"}))
    groups = [file.group for file in open_inputs([path])]
    assert groups == [f"{path}/2023", f"{path}/2023", f"{path}/2024"]


def test_the_hash_and_size_are_those_of_the_member(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(zipped({"a.csv": b"abc"}))
    (file,) = open_inputs([path])
    assert file.source.size == 3
    assert file.source.sha256.startswith("ba7816bf8f01cfea")
    assert file.path == f"{path}/a.csv"
    assert not file.named


def test_a_zip_in_a_zip_is_opened_but_no_deeper(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    one = zipped({"a.csv": b"1"})
    path.write_bytes(zipped({"inner.zip": one}))
    assert paths_in(path) == [f"{path}/inner.zip/a.csv"]
    path.write_bytes(zipped({"outer.zip": zipped({"inner.zip": one})}))
    assert "unpack the outer ones first" in refusal(path)


@pytest.mark.parametrize(
    "name", ["../a.csv", "a/../../b.csv", "/etc/a.csv", "C:\\a.csv", "..\\a.csv", "C:a.csv"]
)
def test_names_that_lead_out_of_an_archive_are_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(zipped({"good.csv": b"1", name: b"2"}))
    assert "leads out of the archive" in refusal(path)


def test_a_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    link = (stat.S_IFLNK | 0o777) << 16
    path.write_bytes(zipped({"a.csv": b"/etc/passwd"}, external_attr=link))
    assert "is a link" in refusal(path)


def test_an_encrypted_member_is_refused_with_advice(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.csv": b"1"}))
    at = data.index(b"PK\x01\x02") + 8
    data[at : at + 2] = struct.pack("<H", 1)
    path = tmp_path / "all.zip"
    path.write_bytes(bytes(data))
    assert "protected by a password" in refusal(path)


def test_a_bomb_is_refused_by_its_ratio(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    path.write_bytes(zipped({"a.csv": b"0" * (archive.RATIO_FROM + 1)}))
    assert "zip bomb" in refusal(path)


def test_a_bomb_is_refused_by_its_total(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_TOTAL", 1000)
    path = tmp_path / "bomb.zip"
    path.write_bytes(zipped({f"{n}.csv": b"0" * 400 for n in range(3)}))
    assert "would unpack to" in refusal(path)


def test_zips_in_a_zip_share_one_total(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "MAX_TOTAL", 1000)
    inner = {f"{n}.zip": zipped({f"{n}.csv": b"%d" % n * 400}) for n in range(3)}
    path = tmp_path / "bomb.zip"
    path.write_bytes(zipped(inner))
    assert "would unpack to" in refusal(path)


def test_a_member_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.csv": b"0" * 5000}))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(signature) + offset
        data[at : at + 4] = struct.pack("<I", 10)
    path = tmp_path / "lie.zip"
    path.write_bytes(bytes(data))
    assert "damaged" in refusal(path)


def test_too_many_members_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBERS", 3)
    path = tmp_path / "many.zip"
    path.write_bytes(zipped({f"{n}.csv": b"" for n in range(4)}))
    assert "more than the 3 allowed" in refusal(path)


def test_a_cut_off_zip_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(zipped({"a.csv": b"1" * 500})[:-10])
    assert "damaged" in refusal(path)


def test_nothing_is_written_to_disk(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(zipped({"a.csv": b"1"}))
    list(open_inputs([path]))
    assert list(tmp_path.iterdir()) == [path]


def test_paths_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    assert "there is no such file or folder" in refusal(tmp_path / "missing.csv")
    empty = tmp_path / "empty.csv"
    empty.touch()
    assert "is empty" in refusal(empty)
    folder = tmp_path / "folder"
    folder.mkdir()
    assert "has no files in it" in refusal(folder)
    bare = tmp_path / "bare.zip"
    bare.write_bytes(zipped({}))
    assert "has no files in it" in refusal(bare)


def test_a_file_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "MAX_FILE", 3)
    path = tmp_path / "large.csv"
    path.write_bytes(b"abcd")
    assert "more than the" in refusal(path)


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("windows-1252", "windows-1252 (a guess)"),
    ],
)
def test_each_encoding_is_found_and_named(encoding: str, named: str) -> None:
    source = Source("a.csv", "", 0)
    text, found = decode(source, "Zoë, Renée".encode(encoding))
    assert text == "Zoë, Renée"
    assert found.encoding == named


def test_utf_16_of_the_other_order_is_read() -> None:
    data = b"\xfe\xff" + "Zoë".encode("utf-16-be")
    assert decode(Source("a.csv", "", 0), data)[0] == "Zoë"


@pytest.mark.parametrize("data", [b"caf\xe9 \x81", b"\xef\xbb\xbf\xff\xfe", b"\xff\xfea", b"a\0b"])
def test_text_of_no_known_encoding_is_named(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match=r"list 1\.csv: its text cannot be decoded"):
        decode(Source("list 1.csv", "", 0), data)


def test_an_archive_packed_again_holds_its_members_and_nothing_else() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("é/stored.xml", b"<a/>" * 9, zipfile.ZIP_STORED)
        made.writestr("packed.xml", b"<b/>" * 999, zipfile.ZIP_DEFLATED)
        with pytest.warns(UserWarning, match="Duplicate name"):
            made.writestr("packed.xml", b"<c/>" * 999, zipfile.ZIP_DEFLATED)
        made.writestr("folder/", b"")
    data = b"something before" + buffer.getvalue()
    again = archive.open_archive(data, "a.zip").packed_again()
    with zipfile.ZipFile(again) as read:
        assert read.testzip() is None
        assert {name: read.read(name) for name in read.namelist()} == {
            "é/stored.xml": b"<a/>" * 9,
            "packed.xml": b"<c/>" * 999,
        }
    assert b"something before" not in again.getvalue()
    assert len(again.getvalue()) < 600
