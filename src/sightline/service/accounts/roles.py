"""The roles people are appointed to, and how far each reaches."""

from dataclasses import dataclass
from enum import StrEnum


class Reach(StrEnum):
    """Whose children a role may know of."""

    NOBODY = "no children"
    OWN = "their own children"
    TEAM = "the children of their team"
    LOCALITY = "the children of their localities"
    AUTHORITY = "every child of the authority"


@dataclass(frozen=True)
class Role:
    """A role: its code, its name, how far it reaches, what it is for, and the name of the page its day
    begins with; empty: where children stand."""

    code: str
    name: str
    reach: Reach
    purpose: str
    begins: str = ""


ROLES = {
    role.code: role
    for role in (
        Role("administrator", "Administrator", Reach.NOBODY, "Keeps accounts, agencies and teams."),
        Role(
            "analyst",
            "Performance analyst",
            Reach.AUTHORITY,
            "Loads the files, mends them, and publishes the figures.",
        ),
        Role(
            "front_door",
            "Front-door officer",
            Reach.TEAM,
            "Takes contacts and sends them on.",
            begins="front-door",
        ),
        Role(
            "mash_partner",
            "MASH partner",
            Reach.NOBODY,
            "Works at the front door for the police, health or education.",
            begins="asked-of-us",
        ),
        Role(
            "social_worker",
            "Social worker",
            Reach.OWN,
            "Works with children and families.",
            begins="your-work",
        ),
        Role(
            "business_support",
            "Business support officer",
            Reach.TEAM,
            "Books meetings and writes up minutes and letters for a team.",
            begins="conferences",
        ),
        Role(
            "complex_safeguarding",
            "Complex-safeguarding worker",
            Reach.AUTHORITY,
            "Works with children who go missing or may be exploited, wherever they live.",
            begins="missing",
        ),
        Role(
            "return_interviewer",
            "Return interviewer",
            Reach.OWN,
            "Holds return interviews, independent of the children's care.",
            begins="missing",
        ),
        Role(
            "team_manager",
            "Team manager",
            Reach.TEAM,
            "Leads a team of social workers.",
            begins="your-work",
        ),
        Role(
            "service_manager",
            "Service manager",
            Reach.LOCALITY,
            "Leads the teams of one or more localities.",
            begins="your-work",
        ),
        Role(
            "conference_chair",
            "Conference chair",
            Reach.AUTHORITY,
            "Chairs child protection conferences and looked-after reviews.",
            begins="conferences",
        ),
        Role(
            "assistant_director",
            "Assistant director",
            Reach.AUTHORITY,
            "Answers for children's social care.",
        ),
        Role(
            "governance_lead",
            "Information-governance lead",
            Reach.NOBODY,
            "Answers for who saw what, and is told when a restricted record is opened.",
        ),
        Role(
            "board_manager",
            "Board business manager",
            Reach.NOBODY,
            "Gathers the evidence for the safeguarding board.",
        ),
        Role("board_chair", "Board chair", Reach.NOBODY, "Leads the safeguarding board."),
        Role(
            "partner_lead",
            "Partner-agency lead",
            Reach.NOBODY,
            "Answers for safeguarding in a partner agency.",
        ),
        Role(
            "scrutiny_officer",
            "Scrutiny officer",
            Reach.NOBODY,
            "Supports the councillors of a scrutiny panel.",
            begins="requests",
        ),
        Role("councillor", "Councillor", Reach.NOBODY, "Asks on behalf of the public."),
        Role("commissioner", "Commissioner", Reach.NOBODY, "Oversees improvement from outside."),
        Role(
            "auditor",
            "Internal auditor",
            Reach.NOBODY,
            "Checks who saw and changed what.",
        ),
    )
}

CHOICES = [(role.code, role.name) for role in ROLES.values()]
