"""How the lists of Annex A write values: codes with their labels, yes and no, as Ofsted's lists do."""

from functools import cache

from sightline.export.tables import Cell
from sightline.records import Column, Kind
from sightline.records.codes import codes

SEX = {"M": "a) Male", "F": "b) Female", "U": "c) Not stated/recorded (or unborn)"}
IN_TOUCH = {
    "YES": "a) Yes",
    "NO": "b) No",
    "DIED": "c) Died",
    "REFU": "d) Refu",
    "NREQ": "e) NREQ",
    "RHOM": "f) Rhom",
}
_LABEL_ALONE = {"case_status", "abuse_category", "location"}


@cache
def shown(list_name: str, code: str) -> str:
    """Write a code as the lists do: the national code and its label; one not on the list as it is."""
    label = codes(list_name).get(code)
    if label is None:
        return code
    if list_name == "ethnicity":
        return f"{code} - {label}"
    return label if list_name in _LABEL_ALONE else f"{code}: {label}"


def yes_no(value: bool) -> str:
    """Write a yes or no."""
    return "a) Yes" if value else "b) No"


def suitability(suitable: bool) -> str:
    """Write whether accommodation is suitable."""
    return "a) Suitable" if suitable else "b) Unsuitable"


def cell_of(column: Column | None, value: object) -> Cell:
    """Write a record's value as a cell; `column` says what it is, where a record column holds it."""
    if isinstance(value, bool):
        return suitability(value) if column and column.name == "suitable" else yes_no(value)
    if column is not None and column.kind is Kind.CODE and isinstance(value, str):
        if column.codes == "sex":
            return SEX.get(value, value)
        if column.codes == "in_touch":
            return IN_TOUCH.get(value, value)
        return shown(column.codes, value)
    return value  # type: ignore[return-value]
