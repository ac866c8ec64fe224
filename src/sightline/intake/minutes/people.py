"""Names in minutes: lists of them, with titles for one or several, roles and brackets."""

import re
from dataclasses import dataclass

TITLE = (
    r"(?:(?:(?:County|Borough|District|City|Town|Parish)\s+)?(?:Councill?or|Cllr|Clr|Coun|COUNCILLOR|CLLR)"
    r"|Alderman|Ald|Mr|Mrs|Ms|Mx|Miss|Dr|Professor|Prof|The\s+Rev(?:erend|d)?|Rev(?:erend|d)?|Canon|Father|Fr"
    r"|Sister|Sir|Dame|Lord|Lady|Baroness|(?:Detective|Det|Chief|Police)?\.?\s*(?:Chief\s+)?"
    r"(?:Superintendent|Supt|Inspector|Insp|Sergeant|Sgt|Constable)|DCI|DI|DS|DSU"
    r"|PC"
    r"|MR|MRS|MS|MISS|DR)\b\.?"
)
PLURAL = (
    r"(?:(?:(?:County|Borough|District|City|Town|Parish)\s+)?"
    r"(?:Councillors|Cllrs|Clrs|Couns|COUNCILLORS|CLLRS)|Messrs|Mesdames|Aldermen)\b\.?"
)
_SINGULAR = {
    "councillors": "Councillor", "cllrs": "Cllr", "clrs": "Clr", "couns": "Coun", "messrs": "Mr",
    "mesdames": "Mrs", "aldermen": "Alderman",
}  # fmt: skip
_WORD = (
    r"(?:(?:[A-Z]\.){2,4}|[A-Z][\w'\u2019`-]*\.?"
    r"|(?:de|la|le|van|von|der|den|bin|al|el|ap|du|da|dos|Ó|O)\b)"
)
NAME = rf"(?:(?:{TITLE})\s*(?:\(?(?:{TITLE})\)?\s*)*)?{_WORD}(?:\s+{_WORD}){{0,5}}"
TITLED = rf"(?:(?:{TITLE})\s+)+{_WORD}(?:\s+{_WORD}){{0,5}}"

_TITLES = re.compile(rf"^(?:(?:{TITLE})\s*)+", re.UNICODE)
_PLURALS = re.compile(rf"^\s*:?\s*(?:the\s+)?({PLURAL})\s*:?[\s\u2013-]*")
_BRACKET = re.compile(r"\([^()]{0,300}\)|\[[^\[\]]{0,300}\]")
_FLAT = re.compile(rf"(?<![,;&(])(?<!and)(?<=[\w)*.])\s+(?=(?:{TITLE}|{PLURAL})\s+[A-Z])")
_OFFICE = re.compile(
    rf"(?:^|[\s(])(?:{TITLE}|The|Detective|Det|Chief|Police|Deputy|County|Borough"
    rf"|District|City|Town|Parish|Temporary|T/|A/)\.?$"
)
"""Before a title: what belongs to it, as in "Councillor Mrs"."""
_SPLIT = re.compile(r"\s*(,\s*and\s+|\s+and,\s+|;\s*and\s+|,|;|\s+and\s+|\s+&\s+|\s+AND\s+)\s*")
_DASH = re.compile(r"\s+[\u2013\u2014-]\s+|\s*:\s+|\s*\|\s*")
_POST = re.compile(
    r"^(?:OBE|MBE|CBE|JP|QC|KC|BEM|DL|PhD|FRSA|MP|TD|QPM|KPM|QAM)(?:\s+(?:OBE|MBE|CBE|JP|BEM|DL))*$"
)
_WORDS = """
absence academy audit declaration declarations interest interests pecuniary personal prejudicial
report reports summary action adult adults adviser advisor advisory advocacy affairs afternoon agency
agreed all also analyst and anglican annual apologies apology are area arrived as assistant
assurance at attendance attended authority be board borough branch business by cabinet care carers
catholic centre chair chairman chairperson chairwoman chamber chief child children children's civic
clerk clinical co-opted co-optee co-ordinator cofe college commissioner commissioning committee
communications communities community conservative consultant contact contracts coordinator corporate
council council's councillor councillors county cover customer data deaf december delivery democracy
democrat democratic democrats department deputising deputy designated development diocesan diocese
director directorate disability district division divisional early economy education educational
effectiveness employment engagement england environment equalities executive external families
family february finance first for forum foundation friday friends from front general governance
governor governors group had has head headteacher health healthcare healthwatch help her highways
his home hospital housing human improvement in inclusion independent information infrastructure
inquorate inspector integrated intelligence interim internal invitee is it item items its january
joint july
junior justice labour lead leader leadership learning leaving left legal leisure liaison liberal
libraries library licensing local localities manager managing march marketing meeting meetings
member members mental microsoft ministry minutes monday monitoring national neighbourhood network
nhs nil no none northern not noted november nurse nursing observer october of office officer
officers on online operational operations organisation outcomes overview panel panel's parent
parent-governor parents partner partnership partnerships party people performance permanence
planning police policy portfolio practice present president press prevention primary principal
prison probation procurement programme project projects protection provider provision public quality
rc reform regeneration registrar regulatory remotely representative representatives representing
research resolved resources responsibility road roman room safeguarding safety saturday school
schools scrutiny secondary secretary section senior september service services social solicitor
south special specialist staff standards statutory strategic strategy substitute substituting suite
sunday support sustainability system teacher team teams technology that the their there this
thursday to town transformation transport treasurer trust tuesday ukip unanimous unanimously union
unit university until vacancy vacant via vice vice-chair vice-chairman virtual virtually voluntary
volunteer was wednesday welfare were western who with witnesses worker workforce works would youth
zoom
"""
_VOCABULARY = frozenset(_WORDS.split())
"""Words of offices, bodies and sentences: what holds one is no name."""


@dataclass(frozen=True)
class Person:
    """A name as printed, with what stood in brackets or after it."""

    name: str
    role: str = ""

    @property
    def chair(self) -> bool:
        """Whether the role says that this person took the chair."""
        return is_chair(self.role)


_VICE = re.compile(r"\b(?:vice|deputy)\b", re.IGNORECASE)
_CHAIR = re.compile(
    r"\bchair(?:man|person|woman|ing)?\b|\bpresiding\b|\bconven[eo]r\b", re.IGNORECASE
)
_IN_CHAIR = re.compile(
    r"\bin (?:the )?chair\b|\bpresiding\b|\bchairing\b|\bacting chair|\bchair(?:man)?"
    r" for (?:the|this) meeting",
    re.IGNORECASE,
)


def is_chair(role: str) -> bool:
    """Whether a role is that of the person in the chair: vice-chairmen only where it says so."""
    if _IN_CHAIR.search(role):
        return True
    if not _CHAIR.search(role) or _VICE.search(role):
        return False
    return len(role.split()) <= 4 and re.search(r"\bchair\w*\s+of\b", role, re.IGNORECASE) is None


def surname(name: str) -> str:
    """The last word of a name, in small letters, post-nominals off."""
    words = [word for word in name.replace(",", " ").split() if not _POST.match(word)]
    return words[-1].strip(".").casefold() if words else ""


def like_a_name(text: str, *, single: bool = False) -> bool:  # noqa: PLR0911 - one form after another
    """Whether a text can be the name of a person; one word alone only with `single` or a title."""
    bare = _TITLES.sub("", text).strip()
    titled = bare != text.strip()
    words = bare.split()
    if not words or len(words) > 6 or any(sign.isdigit() for sign in bare):
        return False
    if not re.fullmatch(rf"{_WORD}(?:\s+{_WORD})*", bare):
        return False
    plain = [word.strip(".").casefold().replace("\u2019", "'") for word in words]
    if any(word in _VOCABULARY for word in plain if len(word) > 1) and not _surname_alone(
        text, plain
    ):
        return False
    if not titled and any(word.endswith(("shire", "watch")) for word in plain):
        return False
    if len(words) == 1:
        return (titled or single) and len(words[0].strip(".")) > 1
    if not titled and all(word.isupper() and len(word) <= 5 for word in words) and not single:
        return len(words[-1]) > 3
    return len(words[-1].strip(".")) > 1


_NO_SURNAMES = """
member members chair chairman representative representatives development training attendance
and for from of the who with was were has had is are all also at by in it its no nor not on to that there
"""
_NO_SURNAME = frozenset(_NO_SURNAMES.split())


def _surname_alone(text: str, words: list[str]) -> bool:
    """Whether a councillor's name is a word of offices too, as "Councillor Senior"."""
    return (
        re.match(r"(?:Councill?or|Cllr)\b", text) is not None
        and len(words) == 1
        and words[0] not in _NO_SURNAME
    )


def people(text: str, *, single: bool = False) -> list[Person]:
    """Give the people a list names, in order. `single` allows surnames alone.

    What is in brackets, or follows a name and is no name, is that person's role.
    """
    text = text.strip().strip("*").strip()
    text = _THEN_CHAIR.sub(r", \g<name> (in the Chair)", text)
    text = _FLAT.sub(lambda gap: _kept(text[: gap.start()], gap[0]), text)
    found: list[Person] = []
    for part in re.split(r"[;\n\u2022]", text):
        found += _of_part(part.strip(), single)
    return found


_THEN_CHAIR = re.compile(rf"\s+and,?\s+in the [Cc]hair,?\s+(?P<name>{TITLED})")


def _kept(before: str, gap: str) -> str:
    """What to put between a name and a title: a break, but within brackets or after another title."""
    inside = before.count("(") > before.count(")")
    return gap if inside or _OFFICE.search(before) else "; "


def _of_part(part: str, single: bool) -> list[Person]:
    brackets: list[str] = []

    def hold(match: re.Match[str]) -> str:
        brackets.append(match[0][1:-1])
        return f" \x00{len(brackets) - 1}\x01"

    held = part
    for _ in range(3):  # brackets within brackets
        held, count = _BRACKET.subn(hold, held)
        if not count:
            break
    group = ""
    if plural := _PLURALS.match(held):
        group = _singular(plural[1])
        held = held[plural.end() :]
    found: list[Person] = []
    role = False
    pieces = _SPLIT.split(held)
    for place in range(0, len(pieces), 2):
        joint = pieces[place - 1].strip() if place else ""
        piece = pieces[place].strip(" .*")
        if not piece:
            continue
        if plural := _PLURALS.match(piece):
            group, piece, role = _singular(plural[1]), piece[plural.end() :], False
        for fragment in _after_brackets(piece):
            made = _person(fragment, brackets, group, single)
            continues = (
                role and joint.strip(", ") in ("and", "&", "AND") and not _TITLES.match(fragment)
            )
            if made and not (continues and not made[0].role):
                found += made
                role = False
            elif found:
                last = found[-1]
                words = _words(fragment, brackets)
                found[-1] = Person(last.name, f"{last.role}, {words}" if last.role else words)
                role = True
            if not _TITLES.match(fragment) and group and made == []:
                group = group if single or " " not in fragment else ""
    return found


def _after_brackets(piece: str) -> list[str]:
    """Split where a name follows another's bracket with nothing between."""
    return [part.strip() for part in re.split(r"(?<=\x01)\s+(?=[A-Z])", piece) if part.strip()]


def _words(fragment: str, brackets: list[str]) -> str:
    for _ in range(3):
        fragment = re.sub(r"\s*\x00(\d+)\x01", lambda m: f" ({brackets[int(m[1])]})", fragment)
    return fragment.strip()


def _person(fragment: str, brackets: list[str], group: str, single: bool) -> list[Person]:
    inside = ", ".join(
        _words(brackets[int(i)], brackets) for i in re.findall(r"\x00(\d+)\x01", fragment)
    )
    bare = re.sub(r"\s*\x00\d+\x01\s*", " ", fragment).strip(" .,*")
    for side, said in _sides(bare):
        text, role = side, said
        in_chair = re.search(r"\s+(?:was\s+)?in\s+the\s+chair\b.*$", text, re.IGNORECASE)
        if in_chair:
            text, role = text[: in_chair.start()], f"{role} in the Chair"
        named = _names(text, group, single)
        if named:
            named[-1] = Person(named[-1].name, ", ".join(filter(None, (role.strip(), inside))))
            return named
    if inside and like_a_name(inside) and not group:
        return [Person(inside, bare)]
    if job := _JOB.search(bare):
        name = bare[: job.start()].strip()
        if like_a_name(name) and len(name.split()) >= 2:
            return [Person(name, ", ".join(filter(None, (bare[job.start() :].strip(), inside))))]
    if (title := _TITLES.match(bare)) and (cut := _before_office(bare, title.end())):
        return [Person(cut, ", ".join(filter(None, (bare[len(cut) :].strip(), inside))))]
    return []


def _before_office(text: str, start: int) -> str:
    """A titled name that runs straight into an office or a number; empty where there is none."""
    words = text[start:].split()
    stop = next(
        (
            i
            for i, word in enumerate(words)
            if word.strip(".,").casefold() in _VOCABULARY or word[:1].isdigit()
        ),
        0,
    )
    name = f"{text[:start].strip()} {' '.join(words[:stop])}"
    return name if stop >= 2 and text.startswith(name) and like_a_name(name) else ""


_JOB = re.compile(
    r"\s(?=(?:(?:Assistant|Deputy|Interim|Acting|Chief|Senior|Principal|Lead|Strategic|Executive|Democratic"
    r"|Scrutiny|Committee|Governance|Corporate|Town|Parish|Service|Group|Team|Head|Divisional|Church|Parent)\s[\w&]"
    r"|(?:Clerk|Director|Manager|Solicitor|Officer|Consultant|Secretary|Head of)\b))"
)
"""Where, after a name without a sign between, its office begins."""


def _sides(text: str) -> list[tuple[str, str]]:
    """A text as name and role: whole, or parted at a dash or colon either way round."""
    sides = [(text, "")]
    if dash := _DASH.search(text):
        left, right = text[: dash.start()].strip(), text[dash.end() :].strip()
        sides += [(left, right), (right, left)]
    return sides


def _names(text: str, group: str, single: bool) -> list[Person]:
    text = re.sub(r"^(?:the\s+)?(?:Chair(?:man)?|Leader|Mayor)\s+(?=Councillor|Cllr)", "", text)
    post = text.split()
    while len(post) > 2 and _POST.match(post[-1]):
        post.pop()
    core = " ".join(post)
    if not like_a_name(core, single=single or bool(group)):
        return []
    titles = _TITLES.match(core)
    bare = core[titles.end() :].strip() if titles else core
    words = bare.split()
    # Names run together: initials, one surname, and then more.
    initials = 0
    while initials < len(words) and re.fullmatch(r"(?:[A-Z]\.?){1,3}", words[initials]):
        initials += 1
    if titles and initials > 0 and len(words) - initials >= 3:
        first = f"{titles[0].strip()} {' '.join(words[: initials + 1])}"
        rest = " ".join(words[initials + 1 :])
        if like_a_name(rest):
            return [Person(first), Person(rest)]
    if group and not (
        titles and re.match(r"(?:County |Borough |District )?(?:Councill?or|Cllr)", titles[0])
    ):
        return [Person(f"{group} {text}")]
    return [Person(text)]


def _singular(plural: str) -> str:
    words = plural.strip(" .:").split()
    last = words[-1].strip(".").casefold()
    return " ".join([*words[:-1], _SINGULAR[last]])
