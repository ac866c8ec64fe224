"""Documents of minutes for the tests: invented ones, in forms that councils use."""

from collections.abc import Callable

import pytest

from sightline.service.accounts.models import Person
from sightline.service.scrutiny.meetings.actions import make_committee
from sightline.service.scrutiny.models import Committee, Document
from sightline.service.scrutiny.reading.actions import take_document
from sightline.service.scrutiny.reading.reader import read_document

PRINTED = """\
# Invented Families Scrutiny Panel

**Wednesday, 13 September 2017, Invented Hall, Oldtown - 10.00 am**

**Present:**

Mrs F M Invented (Chairman), Mr J P Champion and Ms R Dentwell

**Also attended:**

Derek Benbow, Independent Chairman of the Invented Board

#### **285 Apologies and Welcome**

Apologies were received from Mr B Allthorpe.

#### **286 Declaration of Interest and of any Party Whip**

Mr J P Champion declared a personal interest in Minute 299 below as a governor. He left the meeting.

#### **287 Public Participation**

None.

#### **288 Confirmation of the Minutes of the Previous Meeting**

The Minutes of the Meeting held on 14 August 2017 were agreed as a correct record and signed by the Chairman.

#### **289 Annual Report of the Invented Board**

The Independent Chairman presented the report. Waiting times had fallen. Attendance had been poor.

The Panel requested:

- the share of return interviews completed in time, by district
- the reasons for delay at the front door

The Panel requested a further update in 6 months' time.

The meeting ended at 12.05 pm
"""

PAGE = """\
Agenda and minutes

Venue: Invented Hall, Oldtown

Items
No. Item

285.

Apologies and Welcome

Minutes:

Apologies were received from Mr B Allthorpe.

286.

Declaration of Interest and of any Party Whip

Minutes:

Mr J P Champion declared a personal interest in Minute 299 below as a governor. He left the meeting.

287.

Public Participation

Members of the public wishing to take part should notify the Head of Invented Services in writing or by \
e-mail no later than 9.00am on the working day before the meeting (in this case 12 September 2017).

Minutes:

None.

288.

Confirmation of the Minutes of the Previous Meeting

Minutes:

The Minutes of the Meeting held on 14 August 2017 were agreed as a correct record and signed by the Chairman.

289.

Annual Report of the Invented Board pdf icon PDF 107 KB

Minutes:

The Independent Chairman presented the report. Waiting times  ...  view the full minutes text for item 289.
"""


@pytest.fixture
def officer(make_person: Callable[..., Person]) -> Person:
    return make_person("scrutiny_officer")


@pytest.fixture
def panel(db: None) -> Committee:
    return make_committee("Invented Families Scrutiny Panel", "scrutiny", standing_items=())


@pytest.fixture
def take(officer: Person) -> Callable[..., Document]:
    """Take a document, read in this process."""

    def given(text: str | bytes, name: str = "minutes.md") -> Document:
        data = text.encode() if isinstance(text, str) else text
        return take_document(data, name, officer, read=read_document)

    return given
