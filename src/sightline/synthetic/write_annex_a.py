"""Writes Annex A: a workbook a year, with the 11 lists in their 2024 layout.

Ofsted asks for six months in lists 1 to 9. These workbooks cover the whole year to 31 March, so that a
year's figures can be computed from one; everything else is as in an inspection of that day.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from sightline.clocks.months import add_months
from sightline.export.annex_a_words import IN_TOUCH, SEX, shown, suitability, yes_no
from sightline.export.tables import Table
from sightline.export.workbook import write_workbook
from sightline.intake.annex_a import layouts
from sightline.synthetic.authority import Authority
from sightline.synthetic.events import CarePeriod, Child, Enquiry, Episode, Leaver, birthday
from sightline.synthetic.protection import first_day, last_day
from sightline.synthetic.workforce import IN_CARE, LEAVING_CARE, holder
from sightline.synthetic.write_cin import NOTICE


def write_annex_a(folder: Path, authority: Authority, year: int, tables: Iterable[Table]) -> None:
    """Write the lists of one year as a workbook, after a sheet that says they are invented."""
    folder.mkdir(parents=True, exist_ok=True)
    about = [
        [NOTICE],
        [f"The yearly counts are those published for {authority.targets.name}."],
        [f"The lists cover 1 April {year - 1} to 31 March {year}."],
    ]
    write_workbook(
        folder / file_name(authority, year),
        [("About", about), *((table.name, [table.columns, *table.rows]) for table in tables)],
        title=f"Annex A, year to 31 March {year}, invented",
        comments=NOTICE,
    )


def file_name(authority: Authority, year: int) -> str:
    """Give the name of the workbook of a year."""
    return f"invented-{authority.code}-annex-a-{year}.xlsx"


def annex_a_tables(authority: Authority, year: int) -> list[Table]:
    """Give the 11 lists of a year, in order."""
    return _Lists(authority, year).tables()


class _Lists:
    def __init__(self, authority: Authority, year: int) -> None:
        self.authority = authority
        self.year = year
        self.start, self.end = first_day(year), last_day(year)
        self.lists = {layout.part: Table(layout.title, layout.columns) for layout in layouts()}

    def tables(self) -> list[Table]:
        for contact in self.authority.contacts:
            if self.start <= contact.day <= self.end:
                self.lists["1"].add(
                    *self._who(contact.child), contact.day, shown("referral_source", contact.source)
                )
        for each in self.authority.early_help:
            if each.start <= self.end and (each.end is None or each.end >= self.start):
                self.lists["2"].add(
                    *self._who(each.child), each.start, self._past(each.end), each.organisation
                )
        missing = Counter(
            (each.child.id, each.kind)
            for each in self.authority.missing
            if self.start <= each.start <= self.end
        )
        interviews = {
            each.child.id: (each.offered, each.accepted)
            for each in self.authority.missing
            if self.start <= each.start <= self.end and each.kind == "M"
        }
        for child in self.authority.children:
            if child.episodes:
                self._need(child)
        for child in self.authority.in_care:
            self._care(child, missing, interviews)
        for leaver in self.authority.leavers:
            if leaver.year == self.year:
                self._leaver(leaver)
        for table in self.lists.values():
            table.rows.sort(key=lambda row: (str(row[5]) if len(row) > 5 else "", str(row[0])))
        return list(self.lists.values())

    # -- columns that many lists share ---------------------------------------------------------

    def _who(self, child: Child) -> tuple[str, str, str, date, int]:
        return (
            child.id,
            SEX[child.sex],
            shown("ethnicity", child.ethnicity),
            child.birth,
            _age(child.birth, self.end),
        )

    def _disabled(self, child: Child) -> tuple[str, str, str, date, int, str]:
        return (*self._who(child), yes_no(child.disabilities != ("NONE",)))

    def _past(self, day: date | None) -> date | None:
        return day if day is not None and day <= self.end else None

    def _held_by(self, child: Child, day: date) -> tuple[str, str]:
        """Give the team and worker who had the case on a day."""
        found = holder(self.authority.allocations(child), day)
        if found is None:
            return f"{child.district} Assessment Team", "Duty worker"
        return found.worker.team, found.worker.id

    # -- lists 3 to 7 -----------------------------------------------------------------------------

    def _need(self, child: Child) -> None:
        episodes = [each for each in child.episodes if each.referral <= self.end]
        referrals = [each for each in episodes if each.referral >= self.start]
        for episode in referrals:
            self.lists["3"].add(
                *self._who(child),
                episode.referral,
                shown("referral_source", episode.source),
                yes_no(episode.no_further_action),
                len(referrals),
                *self._held_by(child, episode.referral),
            )
        enquiries = [
            each for episode in episodes for each in episode.enquiries if self._current(each)
        ]
        conferences = sum(
            each.conference is not None and self.start <= each.conference <= self.end
            for each in enquiries
        )
        for episode in episodes:
            if episode.no_further_action or not self._open(episode):
                continue
            self._assessments(child, episode)
            for each in episode.enquiries:
                if self._current(each):
                    self._enquiry(child, each, len(enquiries), conferences)
            self._in_need(child, episode)
            self._plans(child, episode)

    def _open(self, episode: Episode) -> bool:
        return episode.closure is None or episode.closure >= self.start

    def _current(self, enquiry: Enquiry) -> bool:
        return enquiry.start <= self.end and (enquiry.conference or enquiry.start) >= self.start

    def _assessments(self, child: Child, episode: Episode) -> None:
        for each in episode.assessments:
            if each.start <= self.end and (each.end is None or each.end >= self.start):
                done = self._past(each.end)
                self.lists["4"].add(
                    *self._disabled(child),
                    each.start,
                    yes_no(each.seen),
                    done,
                    yes_no(episode.reason != "RC8") if done else None,
                    *self._held_by(child, each.start),
                )

    def _enquiry(self, child: Child, each: Enquiry, enquiries: int, conferences: int) -> None:
        held = self._past(each.conference)
        self.lists["5"].add(
            *self._disabled(child),
            each.start,
            yes_no(each.conference is None and not each.awaited),
            held,
            yes_no(each.plan is not None) if held else None,
            enquiries,
            conferences,
            *self._held_by(child, each.start),
        )

    def _in_need(self, child: Child, episode: Episode) -> None:
        closed = self._past(episode.closure)
        self.lists["6"].add(
            *self._disabled(child),
            episode.referral,
            shown("primary_need", episode.need),
            self._last_seen(child, episode),
            closed,
            shown("closure_reason", episode.reason) if closed else None,
            shown("case_status", self._status(episode)),
            *self._held_by(child, self.end),
        )

    def _last_seen(self, child: Child, episode: Episode) -> date | None:
        visits = self.authority.visits(child)
        closed = min(self.end, episode.closure or self.end)
        for at in range(bisect_right(visits, closed, key=lambda visit: visit.day) - 1, -1, -1):
            if visits[at].day < episode.referral:
                break
            if visits[at].seen:
                return visits[at].day
        return None

    def _status(self, episode: Episode) -> str:
        if self._past(episode.closure):
            return "CLOSED"
        if any(each.entered <= self.end < each.last_day for each in episode.care):
            return "LAC"
        if any(plan.start <= self.end < plan.last_day for plan in episode.plans):
            return "CP"
        if any(each.end is None or each.end > self.end for each in episode.assessments):
            return "ASSESSMENT"
        return "CIN"

    def _plans(self, child: Child, episode: Episode) -> None:
        for plan in episode.plans:
            if plan.start > self.end or plan.last_day < self.start:
                continue
            visits = [
                visit
                for visit in self.authority.visits(child)
                if visit.pathway == "CP"
                and plan.start <= visit.day <= self.end
                and visit.day < plan.last_day
            ]
            reviews = [day for day in plan.reviews if day <= self.end]
            self.lists["7"].add(
                *self._disabled(child),
                plan.start,
                shown("abuse_category", plan.initial),
                shown("abuse_category", plan.latest),
                visits[-1].day if visits else None,
                yes_no(visits[-1].alone) if visits else None,
                reviews[-1] if reviews else None,
                self._past(plan.end),
                yes_no(False),
                plan.previous,
                *self._held_by(child, min(self.end, plan.last_day)),
            )

    # -- lists 8 to 11 ----------------------------------------------------------------------------

    def _care(
        self,
        child: Child,
        missing: Counter[tuple[str, str]],
        interviews: dict[str, tuple[bool, bool]],
    ) -> None:
        for period in child.care:
            if period.entered <= self.end and period.last_day >= self.start:
                self._care_row(child, period, missing, interviews)
                if period.adoption is not None and period.adoption.decision <= self.end:
                    self._adoption(child, period)

    def _care_row(
        self,
        child: Child,
        period: CarePeriod,
        missing: Counter[tuple[str, str]],
        interviews: dict[str, tuple[bool, bool]],
    ) -> None:
        episodes = [each for each in period.episodes if each.start <= self.end]
        now = episodes[-1]
        ended = now.end is not None and now.end <= self.end and now.end_reason != "X1"
        status_since = next(
            each.start for each in episodes if each.legal_status == now.legal_status
        )
        last = min(self.end, period.last_day)
        visits = [
            visit.day
            for visit in self.authority.visits(child)
            if visit.pathway == "LAC" and period.entered <= visit.day <= last
        ]
        checks = {
            kind: [
                day
                for each, day in self.authority.health_checks.get(child.id, ())
                if each == kind and period.entered <= day <= last
            ]
            for kind in ("HEALTH", "DENTAL")
        }
        reviews = [day for day, _ in period.reviews if day <= self.end]
        offered, accepted = interviews.get(child.id, (None, None))
        self.lists["8"].add(
            *self._who(child),
            yes_no(period.unaccompanied),
            yes_no(child.disabilities != ("NONE",)),
            period.entered,
            shown("primary_need", period.need),
            yes_no(period.returning is not None),
            status_since,
            shown("legal_status", now.legal_status),
            reviews[-1] if reviews else None,
            visits[-1] if visits else None,
            shown("permanence_plan", _permanence_plan(child, period)),
            reviews[-1] if reviews else None,
            checks["HEALTH"][-1] if checks["HEALTH"] else None,
            checks["DENTAL"][-1] if checks["DENTAL"] else None,
            self._placements(child),
            now.end if ended else None,
            shown("care_end_reason", now.end_reason) if ended else None,
            now.start,
            shown("placement", now.placement),
            shown("placement_provider", now.provider),
            now.postcode,
            now.urn or None,
            shown("location", "OUT" if now.outside else "IN"),
            "Another authority" if now.outside else self.authority.targets.name,
            missing[child.id, "M"],
            missing[child.id, "A"],
            None if offered is None else yes_no(offered),
            yes_no(bool(accepted)) if offered else None,
            *self._in_care_of(child, last),
        )

    def _in_care_of(self, child: Child, day: date) -> tuple[str, str]:
        team, worker = self._held_by(child, day)
        return (team, worker) if team == IN_CARE else (IN_CARE, worker)

    def _placements(self, child: Child) -> int:
        """Count placements in the year, with that open on its first day."""
        stays = {
            (period.entered, each.stay)
            for period in child.care
            for each in period.episodes
            if each.start <= self.end and (each.end is None or each.end > self.start)
        }
        return len(stays)

    def _adoption(self, child: Child, period: CarePeriod) -> None:
        way = period.adoption
        if way is None:
            return
        self.lists["10"].add(
            child.id,
            f"F{child.id}",
            SEX[child.sex],
            shown("ethnicity", child.ethnicity),
            child.birth,
            _age(child.birth, self.end),
            yes_no(child.disabilities != ("NONE",)),
            period.entered,
            way.decision,
            self._past(way.placement_order),
            self._past(way.matched),
            self._past(way.placed),
            self._past(way.order),
            None,
            None,
            None,
        )
        if way.matched is None or way.matched > self.end:
            return
        for number, sex in enumerate(_adopters(way.adopters_sex), start=1):
            enquiry = add_months(way.decision, -11)
            self.lists["11"].add(
                f"A{child.id}-{number}",
                f"F{child.id}",
                SEX[sex],
                shown("ethnicity", "WBRI"),
                yes_no(False),
                yes_no(way.by_foster_carer),
                enquiry,
                add_months(enquiry, 1),
                add_months(enquiry, 3),
                add_months(enquiry, 3),
                add_months(enquiry, 7),
                add_months(enquiry, 6),
                add_months(enquiry, 7),
                way.matched,
                self._past(way.placed),
                1 if self._past(way.placed) else None,
                self._past(way.order),
                None,
                None,
            )

    def _leaver(self, leaver: Leaver) -> None:
        known = leaver.suitable is not None
        self.lists["9"].add(
            *self._who(leaver.child),
            yes_no(any(period.unaccompanied for period in leaver.child.care)),
            yes_no(leaver.child.disabilities != ("NONE",)),
            LEAVING_CARE,
            leaver.adviser,
            leaver.adviser,
            shown("eligibility", "FORMER_RELEVANT"),
            leaver.reviewed,
            IN_TOUCH[leaver.in_touch],
            leaver.contact,
            shown("accommodation", leaver.accommodation),
            suitability(bool(leaver.suitable)) if known else None,
            shown("activity", leaver.activity),
        )


def _permanence_plan(child: Child, period: CarePeriod) -> str:
    if period.adoption is not None:
        return "ADOPTION"
    if birthday(child.birth, 16) <= period.entered:
        return "SUPPORTED"
    return "FOSTERING" if (period.entered - child.birth).days > 2500 else "RETURN"


def _adopters(sexes: str) -> Sequence[str]:
    return [letter for letter in sexes if letter in "MF"]


def _age(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
