"""Who may do what, a sentence each. Every address has one; what no sentence allows is refused.

A policy is asked in two forms that rest on the same roles and remit: `allows` for a person, or a person
and one child's row; and `remit` for a list, as a condition on the query.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from sightline.service.accounts.models import Person
from sightline.service.accounts.remit import Remit, remit_of
from sightline.service.accounts.roles import ROLES

Asker = Person | AnonymousUser


@dataclass(frozen=True)
class Policy:
    """A sentence, and the roles it names. `anybody`: without signing in; `signed_in`: any role.

    `may` ends the sentence "You may ..." for whoever holds such a role; where the policy is about
    children it ends in "of", and the remit follows.
    """

    name: str
    sentence: str
    roles: frozenset[str] = frozenset()
    may: str = ""
    anybody: bool = False
    signed_in: bool = False

    def allows(self, asker: Asker, row: Mapping[str, object] | None = None) -> bool:
        """Whether a person may do this, and to the child of a row, where one is given."""
        if self.anybody:
            return True
        if not isinstance(asker, Person) or not asker.is_active:
            return False
        if self.signed_in:
            return True
        if not asker.holds(self.roles):
            return False
        return row is None or self.remit(asker).covers(row)

    def remit(self, asker: Asker) -> Remit:
        """The children to whom a person may do this; none for whoever may not at all."""
        if not isinstance(asker, Person) or not asker.is_active:
            return Remit()
        return remit_of(asker, self.roles)


_SOCIAL_CARE = frozenset(
    {
        "front_door",
        "social_worker",
        "complex_safeguarding",
        "team_manager",
        "service_manager",
        "conference_chair",
        "assistant_director",
    }
)
_EVERY = frozenset(ROLES)

ANYBODY = Policy("anybody", "Anybody may see this page without signing in.", anybody=True)
NOBODY = Policy("nobody", "Nobody may do this here; administrators keep every account.")
SIGNED_IN = Policy("signed in", "Everybody who has signed in may do this.", signed_in=True)
SEE_FIGURES = Policy(
    "see figures",
    "Everybody with a role may see the figures; small numbers are protected for those outside the "
    "authority's social care.",
    _EVERY,
    may="see the figures",
)
SEE_UNPROTECTED = Policy(
    "see unprotected figures",
    "Social care staff and performance analysts see figures without protection of small numbers.",
    _SOCIAL_CARE | {"analyst"},
    may="see figures without protection of small numbers",
)
OPEN_CHILDREN = Policy(
    "open children",
    "A social worker may open the records of their own children, a front-door officer or team manager "
    "those of their team, a service manager those of their localities, and complex-safeguarding workers, "
    "conference chairs, assistant directors and performance analysts those of the authority. Work that "
    "ended more than 12 months ago opens no record.",
    _SOCIAL_CARE | {"analyst"},
    may="open the records of",
)
SEE_QUALITY = Policy(
    "see quality findings",
    "Performance analysts, assistant directors, managers, front-door officers and social workers may "
    "see what is wrong with the records of the children they may open.",
    _SOCIAL_CARE - {"conference_chair", "complex_safeguarding"} | {"analyst"},
    may="see what is wrong with the records of",
)
NOTE_FINDINGS = Policy(
    "note on a finding",
    "Performance analysts, assistant directors and managers may note that a query was checked and is "
    "right, of the children they may open.",
    frozenset({"analyst", "team_manager", "service_manager", "assistant_director"}),
    may="note that a query was checked and is right, in the records of",
)
ANNOTATE = Policy(
    "note on a chart",
    "Performance analysts, managers, assistant directors and board business managers may write a note "
    "on a point of a chart.",
    frozenset(
        {"analyst", "team_manager", "service_manager", "assistant_director", "board_manager"}
    ),
    may="write a note on a point of a chart",
)
LOAD = Policy(
    "load files",
    "Performance analysts may load files, and publish or discard what was loaded.",
    frozenset({"analyst"}),
    may="load files, and publish or discard what was loaded",
)
RESTRICT = Policy(
    "restrict a child",
    "Assistant directors and information-governance leads may restrict a child's record and name who "
    "may open it; nobody names themselves, or ends what closes a record to them.",
    frozenset({"assistant_director", "governance_lead"}),
    may="restrict a child's record and name who may open it, but not yourself",
)
BREAK_GLASS = Policy(
    "break glass",
    "Whoever may open children of a remit may open a restricted one of it in an emergency, with a "
    "reason; the information-governance lead is told.",
    _SOCIAL_CARE,
    may="open a restricted record in an emergency, with a reason, of",
)
REVIEW_BREAK_GLASS = Policy(
    "review break-glass openings",
    "Information-governance leads review each opening of a restricted record.",
    frozenset({"governance_lead"}),
    may="review each opening of a restricted record by somebody else",
)
READ_AUDIT = Policy(
    "read the audit",
    "Internal auditors and information-governance leads may read and export the audit.",
    frozenset({"auditor", "governance_lead"}),
    may="read and export the audit",
)
KEEP_ACCOUNTS = Policy(
    "keep accounts",
    "Administrators keep people, agencies, teams, localities and appointments; nobody changes their own.",
    frozenset({"administrator"}),
    may="keep people, agencies, teams, localities and appointments, but not your own",
)
SEARCH_PEOPLE = Policy(
    "search people",
    "Social care staff may look for a person among all who are known, so that nobody is recorded twice; "
    "the list gives no more than is needed to tell people apart.",
    _SOCIAL_CARE,
    may="look for a person among all who are known",
)
KEEP_FAMILIES = Policy(
    "keep families",
    "Social care staff may record people, where they live and who is who, of the children they may open; "
    "front-door officers may record somebody new.",
    _SOCIAL_CARE,
    may="record people, addresses and relationships of",
)
MERGE_PEOPLE = Policy(
    "merge people",
    "Team managers, service managers and assistant directors may say that two records, both of children "
    "they may open, are of one person, and part them again.",
    frozenset({"team_manager", "service_manager", "assistant_director"}),
    may="merge and part records of one person",
)
SEE_FRONT_DOOR = Policy(
    "see the front door",
    "Front-door officers, managers and assistant directors may see the contacts of the front door.",
    frozenset({"front_door", "team_manager", "service_manager", "assistant_director"}),
    may="see the contacts of the front door",
)
TAKE_CONTACTS = Policy(
    "take contacts",
    "Front-door officers and team managers may take a contact, look into it, ask agencies about it and "
    "recommend what becomes of it.",
    frozenset({"front_door", "team_manager"}),
    may="take contacts and recommend what becomes of them",
)
AUTHORISE_CONTACTS = Policy(
    "authorise contacts",
    "Team managers, service managers and assistant directors who are registered social workers may "
    "authorise what becomes of a contact; nobody authorises their own recommendation.",
    frozenset({"team_manager", "service_manager", "assistant_director"}),
    may="authorise what becomes of a contact, if you are a registered social worker",
)
ANSWER_INFORMATION = Policy(
    "answer for an agency",
    "MASH partners may see what their agency was asked about a contact, and answer it.",
    frozenset({"mash_partner"}),
    may="see and answer what your agency is asked about a contact",
)
KEEP_GUIDANCE = Policy(
    "keep threshold guidance",
    "Board business managers keep the levels of need and the referral forms.",
    frozenset({"board_manager"}),
    may="keep the levels of need and the referral forms",
)
WORK_CASES = Policy(
    "work with a case",
    "Social workers, team managers and service managers may record assessments, visits, enquiries and plans "
    "in the cases that are theirs now: the worker's own, or of their team or locality.",
    frozenset({"social_worker", "team_manager", "service_manager"}),
    may="record assessments, visits, enquiries and plans of",
)
ALLOCATE = Policy(
    "allocate",
    "Team managers and service managers may give a referral of theirs to a worker.",
    frozenset({"team_manager", "service_manager"}),
    may="give to a worker the referrals of",
)
AUTHORISE_WORK = Policy(
    "authorise work",
    "Team managers, service managers and assistant directors who are registered social workers may authorise "
    "assessments, enquiries, conference decisions and closures in the cases of their team, locality or "
    "authority; nobody authorises what they had a part in.",
    frozenset({"team_manager", "service_manager", "assistant_director"}),
    may="authorise, if you are a registered social worker, the work of",
)
GO_TO_COURT = Policy(
    "decide about court",
    "Service managers and assistant directors who are registered social workers may decide that "
    "pre-proceedings begin, that they step down, and that an application is made to court, of the children "
    "they may open; nobody decides so in a case they have worked.",
    frozenset({"service_manager", "assistant_director"}),
    may="decide about pre-proceedings and court, if you are a registered social worker, of",
)
HOLD_CONFERENCES = Policy(
    "hold conferences",
    "Conference chairs may hold child protection conferences and record what they decide.",
    frozenset({"conference_chair"}),
    may="hold child protection conferences of",
)
CORRECT_CONFERENCES = Policy(
    "correct conferences",
    "Whoever chaired a child protection conference may correct its record; where they have left or may not, "
    "another conference chair or a service manager may, who does not work with the case.",
    frozenset({"conference_chair", "service_manager"}),
    may="correct, where you chaired them or their chair has left or may not, the records of conferences of",
)
WRITE_UP = Policy(
    "write up",
    "Business support officers may book conferences and write up minutes and letters for the children of "
    "their team; conference chairs and whoever works with the case may too.",
    frozenset(
        {
            "business_support",
            "conference_chair",
            "social_worker",
            "team_manager",
            "service_manager",
        }
    ),
    may="book conferences and write up minutes and letters of",
)
_MISSING = frozenset(
    {"front_door", "complex_safeguarding", "social_worker", "team_manager", "service_manager"}
)
SEE_MISSING = Policy(
    "see missing children",
    "Social care staff and performance analysts may see when the children they may open went missing. Of "
    "other children they, and return interviewers, see the episodes that their team recorded, or whose "
    "interview is given to them.",
    _SOCIAL_CARE | {"analyst", "return_interviewer"},
    may="see when they went missing, and the interviews on their return, of",
)
RECORD_MISSING = Policy(
    "record missing children",
    "Complex-safeguarding workers, and social workers and managers whose case it is, may record that a child "
    "is missing or has returned; front-door officers that any child is missing, and go on with what their "
    "team recorded.",
    _MISSING,
    may="record who is missing and who has returned of",
)
REPORT_MISSING = Policy(
    "report a child missing",
    "MASH partners may report a child missing to the front door.",
    frozenset({"mash_partner"}),
    may="report a child missing to the front door",
)
HOLD_INTERVIEWS = Policy(
    "hold return interviews",
    "Return interviewers may offer and hold the interviews that are given to them; complex-safeguarding "
    "workers, and social workers and team managers whose case it is, those of a child.",
    frozenset({"return_interviewer", "complex_safeguarding", "social_worker", "team_manager"}),
    may="offer and hold return interviews of",
)
AUDIT_INTERVIEWS = Policy(
    "audit return interviews",
    "Complex-safeguarding workers, team managers and service managers may judge the quality of a return "
    "interview; nobody judges one that was ever given to them, or that they held or wrote some of.",
    frozenset({"complex_safeguarding", "team_manager", "service_manager"}),
    may="judge the quality of return interviews that others held of",
)
SCREEN_CHILDREN = Policy(
    "screen for exploitation",
    "Complex-safeguarding workers, and social workers, team managers and service managers whose case it is, "
    "may screen a child for exploitation, and review the risk.",
    frozenset({"complex_safeguarding", "social_worker", "team_manager", "service_manager"}),
    may="screen for exploitation, and review the risk of",
)
ANSWER_CONCERNS = Policy(
    "answer routed concerns",
    "Complex-safeguarding workers, and the front-door officers and managers whose contact it is, may say "
    "what came of a concern that was routed to the complex-safeguarding team.",
    _MISSING - {"social_worker"},
    may="say what came of concerns routed to the complex-safeguarding team",
)
SET_ASIDE = Policy(
    "set aside what is an error",
    "Complex-safeguarding workers, and team managers and service managers whose case it is, may say that an "
    "episode or a screening was recorded in error, or that a child is no longer missing though they did not "
    "return; of an episode, the managers of the team that recorded it too.",
    frozenset({"complex_safeguarding", "team_manager", "service_manager"}),
    may="say that an episode or a screening was recorded in error of",
)
SEE_PROFILE = Policy(
    "see the problem profile",
    "Complex-safeguarding workers, managers, assistant directors, performance analysts, MASH partners, "
    "partner-agency leads and those who lead the safeguarding board may see the problem profile of "
    "exploitation; small numbers are protected for those outside the authority's social care.",
    frozenset(
        {
            "complex_safeguarding",
            "team_manager",
            "service_manager",
            "assistant_director",
            "analyst",
            "mash_partner",
            "partner_lead",
            "board_manager",
            "board_chair",
        }
    ),
    may="see the problem profile of exploitation",
)
ADD_TO_PROFILE = Policy(
    "add to the problem profile",
    "Complex-safeguarding workers, MASH partners and partner-agency leads may add to the problem profile "
    "what their agency knows, and change or withdraw it.",
    frozenset({"complex_safeguarding", "mash_partner", "partner_lead"}),
    may="add to the problem profile what your agency knows",
)
AGREE_PROFILE = Policy(
    "agree the problem profile",
    "Complex-safeguarding workers, service managers and assistant directors may put on record the problem "
    "profile that a meeting agreed, as it stood.",
    frozenset({"complex_safeguarding", "service_manager", "assistant_director"}),
    may="put on record the problem profile that a meeting agreed",
)
SEE_SCRUTINY = Policy(
    "see scrutiny",
    "Councillors, scrutiny officers, board chairs and managers, partner-agency leads, commissioners, "
    "performance analysts, service managers and assistant directors may see the meetings, requests and "
    "work programme of scrutiny before they are public; not drafts of minutes, nor what is private.",
    frozenset(
        {
            "councillor",
            "scrutiny_officer",
            "board_chair",
            "board_manager",
            "partner_lead",
            "commissioner",
            "analyst",
            "service_manager",
            "assistant_director",
        }
    ),
    may="see the meetings, requests and work programme of scrutiny",
)
SEE_PRIVATE_PAPERS = Policy(
    "see private papers",
    "Councillors, scrutiny officers and assistant directors may read exempt and confidential items.",
    frozenset({"councillor", "scrutiny_officer", "assistant_director"}),
    may="read exempt and confidential items of meetings",
)
KEEP_SCRUTINY = Policy(
    "keep scrutiny",
    "Scrutiny officers keep committees, meetings, minutes, requests and the work programme; board business "
    "managers those of safeguarding boards alone.",
    frozenset({"scrutiny_officer", "board_manager"}),
    may="keep meetings, minutes, requests and the work programme",
)
ANSWER_ASKS = Policy(
    "answer a request",
    "The officer to whom a request is given, assistant directors and scrutiny officers may answer it.",
    frozenset(
        {
            "assistant_director",
            "service_manager",
            "analyst",
            "board_manager",
            "partner_lead",
            "scrutiny_officer",
        }
    ),
    may="answer requests of scrutiny that are given to you",
)
WRITE_REPORTS = Policy(
    "write reports",
    "Scrutiny officers, board business managers, performance analysts, service managers and assistant "
    "directors may write reports to committees.",
    frozenset(
        {"scrutiny_officer", "board_manager", "analyst", "service_manager", "assistant_director"}
    ),
    may="write reports to committees",
)
CLEAR_REPORTS = Policy(
    "clear reports",
    "Scrutiny officers, board business managers for safeguarding boards, and assistant directors may clear "
    "a report for an agenda; nobody clears one they wrote.",
    frozenset({"scrutiny_officer", "board_manager", "assistant_director"}),
    may="clear reports that others wrote for an agenda",
)
USE_API = Policy(
    "use the API",
    "Everybody with a role may read the catalogue and the figures they may see through the API.",
    _EVERY,
    may="read the catalogue and the figures you may see through the API",
)

POLICIES = (
    ANYBODY,
    NOBODY,
    SIGNED_IN,
    SEE_FIGURES,
    SEE_UNPROTECTED,
    OPEN_CHILDREN,
    SEE_QUALITY,
    NOTE_FINDINGS,
    ANNOTATE,
    LOAD,
    RESTRICT,
    BREAK_GLASS,
    REVIEW_BREAK_GLASS,
    READ_AUDIT,
    KEEP_ACCOUNTS,
    SEARCH_PEOPLE,
    KEEP_FAMILIES,
    MERGE_PEOPLE,
    SEE_FRONT_DOOR,
    TAKE_CONTACTS,
    AUTHORISE_CONTACTS,
    ANSWER_INFORMATION,
    KEEP_GUIDANCE,
    WORK_CASES,
    ALLOCATE,
    AUTHORISE_WORK,
    GO_TO_COURT,
    HOLD_CONFERENCES,
    CORRECT_CONFERENCES,
    WRITE_UP,
    SEE_MISSING,
    RECORD_MISSING,
    REPORT_MISSING,
    HOLD_INTERVIEWS,
    AUDIT_INTERVIEWS,
    SCREEN_CHILDREN,
    ANSWER_CONCERNS,
    SET_ASIDE,
    SEE_PROFILE,
    ADD_TO_PROFILE,
    AGREE_PROFILE,
    SEE_SCRUTINY,
    SEE_PRIVATE_PAPERS,
    KEEP_SCRUTINY,
    ANSWER_ASKS,
    WRITE_REPORTS,
    CLEAR_REPORTS,
    USE_API,
)


def policy_named(name: str) -> Policy:
    """Give the policy of a name; KeyError where there is none."""
    return {each.name: each for each in POLICIES}[name]


def what_one_may(person: Person) -> list[str]:
    """Give what a person may do, a sentence for each policy that allows them something."""
    sentences = []
    for each in POLICIES:
        if not each.roles or not each.allows(person):
            continue
        over = f" {_children(each.remit(person))}" if each.may.endswith(" of") else ""
        sentences.append(f"You may {each.may}{over}.")
    return sentences


def _children(remit: Remit) -> str:
    if remit.whole:
        return "every child of the authority"
    over = [*sorted(remit.districts), *sorted(remit.teams)]
    if remit.workers:
        over.append("your own")
    return f"these children: {'; '.join(over)}"
