# ruff: noqa: E501 - pages as they come
"""PDF, page and XML: the same grammar after another way in."""

import pytest
import typst

from sightline.intake.minutes import read, read_bytes
from sightline.intake.parts import UnreadableFileError

TWO_COLUMNS = """
#set page(width: 21cm, height: 15cm, margin: 2cm, numbering: "1")
#set text(size: 11pt)
= Learning Scrutiny Panel
*Thursday, 22 June 2017, The Keep, Dunmarsh - 10.00 am*
#v(4mm)
#grid(columns: (4.2cm, 1fr), column-gutter: 8mm, row-gutter: 5mm,
[*Present:*], [Mr A Dace (Chairman), Mrs B Elm and Mr C Fort],
[*Also attended:*], [Dora Gill (Head of Early Help)],
[*310 Apologies and Welcome*], [Apologies were received from Ms D Gunn, who had been called to another meeting that morning.],
[*311 Declarations of Interest and of any Party Whip*], [None.],
[*312 Confirmation of the Minutes of the Previous Meeting*], [The Minutes of the Meeting held on 3 May 2017 were agreed as a correct record and signed by the Chairman.],
[*313 School Transport Appeals*], [The Panel considered appeals. #lorem(120)],
[], [The Panel requested the number of appeals in each of the last three years.],
[*314 Next Meeting*], [The next meeting would be held in September. The meeting ended at 11.50 am],
)
"""

ONE_COLUMN = """
#set page(width: 21cm, height: 15cm, margin: 2cm, header: [Families Panel - 4 May 2020], numbering: "Page 1")
#set text(size: 11pt)
*NORTHMERE COUNTY COUNCIL*

*FAMILIES PANEL*

Minutes of the meeting held on 4 May 2020 at 2.00 pm in Committee Room 1, Shire Hall

*PRESENT:* Councillors Ada Brook (Chair), Ben Cole and Cat Dunn

*1. APOLOGIES*

Apologies for absence were received from Councillor Dot Eve.

*2. YOUTH JUSTICE*

The Panel received the plan. #lorem(220)

RESOLVED:

(a) That the plan be noted; and

(b) That a report on re-offending be brought to the next meeting.

The meeting closed at 3.15 pm.
"""

PAGE = """<!DOCTYPE html><html><head><title>Agenda and minutes</title><script>var a = "1. Not an item";</script></head>
<body><nav><ul><li>1. Home</li></ul></nav>
<h1>Agenda and minutes</h1><h2>Families Scrutiny Panel - Monday, 4th May, 2020 4.00 pm</h2>
<p>Venue: <span>Chapel Court</span>. <a href="#">View directions</a></p>
<table><tr><th>No.</th><th>Item</th></tr>
<tr><td class="mgItemNumberCell"><p>12.</p></td><td><p class="mgAiTitleTxt">Apologies for Absence</p>
<p class="mgSubItemTitleTxt">Minutes:</p><div class="mgWordPara"><p class="MsoNormal">Apologies for absence were received
from Councillor&nbsp;Dot Eve.</p></div></td></tr>
<tr><td class="mgItemNumberCell"><p>13.</p></td><td><p class="mgAiTitleTxt">Early Help <span class="mgFileSize">PDF 90 KB</span></p>
<p>To receive the report.</p>
<p class="mgSubItemTitleTxt">Minutes:</p><div class="mgWordPara"><p>The Panel requested figures for each
district&#8217;s families.</p><p>RESOLVED &amp;ndash; that the report be noted.</p>
<table><tr><td>Year</td><td>Families</td></tr><tr><td>2019</td><td>40</td></tr></table></div></td></tr></table>
</body></html>"""

XML = """<?xml version="1.0" encoding="utf-8"?>
<meeting><committeetitle>Families Scrutiny Panel</committeetitle><meetingdate>04/05/2020</meetingdate>
<meetingstatus>{status}</meetingstatus><meetingtime>4.00 pm</meetingtime><meetingactualfinishtime>5.30 pm</meetingactualfinishtime>
<meetinglocation>Chapel Court</meetinglocation><meetingroom>
</meetingroom>
<agendaitems><agendaitem><agendaitemtitle>Minutes</agendaitemtitle><agendaitemnumber>4</agendaitemnumber>
<fulldisplaynumberformat>1.</fulldisplaynumberformat><minutesitemnumber>1</minutesitemnumber><isrestricted>False</isrestricted>
<agendatext>&lt;p&gt;To confirm the minutes.&lt;/p&gt;</agendatext>
<minutesnonemptyhtmlbody>&lt;div class="WordSection1"&gt;&lt;p class="MsoNormal"&gt;RESOLVED &amp;amp;ndash; that the minutes
be agreed as a correct record.&lt;/p&gt;&lt;/div&gt;</minutesnonemptyhtmlbody></agendaitem>
<agendaitem><agendaitemtitle>Contract</agendaitemtitle><minutesitemnumber>2</minutesitemnumber><fulldisplaynumberformat>2.</fulldisplaynumberformat>
<isrestricted>True</isrestricted><minutesnonemptyhtmlbody>
</minutesnonemptyhtmlbody></agendaitem></agendaitems>
<attendees><attendee name="Councillor Ada Brook" roledescription="Chair" attendance="{chair}"/>
<attendee name="Councillor Ben Cole" roledescription="Member" attendance="Apologies"/>
<attendee name="Eve Ford" roledescription="Officer" attendance="In attendance"/></attendees></meeting>"""


def pdf(source):
    return typst.compile(source.encode())


def test_pdf_in_two_columns_keeps_text_under_its_heading():
    minutes = read_bytes(pdf(TWO_COLUMNS), "minutes.pdf")
    read = minutes.to_json()
    assert read["items"] == [
        {"number": "310", "title": "Apologies and Welcome"},
        {"number": "311", "title": "Declarations of Interest and of any Party Whip"},
        {"number": "312", "title": "Confirmation of the Minutes of the Previous Meeting"},
        {"number": "313", "title": "School Transport Appeals"},
        {"number": "314", "title": "Next Meeting"},
    ]
    assert read["committee"] == "Learning Scrutiny Panel"
    assert (read["date"], read["start"], read["end"]) == ("2017-06-22", "10:00", "11:50")
    assert read["venue"] == "The Keep, Dunmarsh"
    assert read["chair"] == "Mr A Dace"
    assert read["present"] == ["Mr A Dace", "Mrs B Elm", "Mr C Fort"]
    assert read["in_attendance"] == ["Dora Gill"]
    assert read["apologies"] == ["Ms D Gunn"]
    assert [(ask["kind"], ask["item"]) for ask in read["asks"]] == [
        ("resolution", "312"),
        ("request", "313"),
    ]
    assert all(item.quotation.place.startswith("page ") for item in minutes.items)


def test_pdf_in_one_column_drops_headers_and_page_numbers():
    read = read_bytes(pdf(ONE_COLUMN), "minutes.pdf").to_json()
    assert [item["number"] for item in read["items"]] == ["1", "2"]
    assert read["council"] == "NORTHMERE COUNTY COUNCIL"
    assert read["committee"].casefold() == "families panel"
    assert read["venue"] == "Committee Room 1, Shire Hall"
    assert [ask["text"] for ask in read["asks"]] == [
        "That the plan be noted; and",
        "That a report on re-offending be brought to the next meeting.",
    ]
    assert (read["start"], read["end"]) == ("14:00", "15:15")


def test_a_pdf_of_pictures_is_refused_in_a_sentence():
    empty = pdf("#set page(width: 10cm, height: 10cm)\n#rect(width: 3cm)")
    with pytest.raises(UnreadableFileError, match="holds no text, only pictures"):
        read_bytes(empty, "scan.pdf")


def test_page_is_read_by_its_tags():
    minutes = read_bytes(PAGE.encode(), "page.html")
    read = minutes.to_json()
    assert minutes.rendering == "page"
    assert read["items"] == [
        {"number": "12", "title": "Apologies for Absence"},
        {"number": "13", "title": "Early Help"},
    ]
    assert read["committee"] == "Families Scrutiny Panel"
    assert (read["date"], read["start"], read["venue"]) == ("2020-05-04", "16:00", "Chapel Court")
    assert read["apologies"] == ["Councillor Dot Eve"]
    assert read["asks"] == [
        {
            "text": "The Panel requested figures for each district’s families.",
            "kind": "request",
            "item": "13",
        },
        {"text": "that the report be noted.", "kind": "resolution", "item": "13"},
    ]


def test_xml_of_a_meeting():
    minutes = read_bytes(XML.format(status="Confirmed", chair="Present").encode(), "meeting.xml")
    read = minutes.to_json()
    assert minutes.rendering == "xml"
    assert read["items"] == [
        {"number": "1", "title": "Minutes"},
        {"number": "2", "title": "Contract"},
    ]
    assert [item.restricted for item in minutes.items] == [False, True]
    assert (read["committee"], read["date"], read["venue"]) == (
        "Families Scrutiny Panel",
        "2020-05-04",
        "Chapel Court",
    )
    assert (read["start"], read["end"]) == ("16:00", "17:30")
    assert (read["present"], read["chair"]) == (["Councillor Ada Brook"], "Councillor Ada Brook")
    assert (read["apologies"], read["in_attendance"]) == (["Councillor Ben Cole"], ["Eve Ford"])
    assert read["asks"] == [
        {
            "text": "that the minutes be agreed as a correct record.",
            "kind": "resolution",
            "item": "1",
        }
    ]


def test_expected_is_not_present_and_a_cancelled_meeting_had_nobody():
    minutes = read_bytes(XML.format(status="Confirmed", chair="Expected").encode(), "meeting.xml")
    assert minutes.present == () and minutes.chair is None
    assert any("was expected" in doubt.message for doubt in minutes.doubts)
    minutes = read_bytes(XML.format(status="Cancelled", chair="Present").encode(), "meeting.xml")
    assert minutes.present == minutes.apologies == minutes.in_attendance == ()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the file is empty"),
        (b" \n\t\n", "the file is empty"),
        (b"PK\x03\x04rest", "a Word document or an archive"),
        (b"a\0b\0c", "neither text, a web page, XML nor PDF"),
        (b"%PDF-1.4 nothing", "damaged or locked"),
        (b"<?xml version='1.0'?><meeting><a>", "not well-formed XML"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(data, words):
    with pytest.raises(UnreadableFileError, match=words) as refused:
        read_bytes(data, "given.bin")
    assert str(refused.value).startswith("given.bin: ")


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(UnreadableFileError, match="there is no such file"):
        read(tmp_path / "none.txt")
    with pytest.raises(UnreadableFileError, match="is a folder"):
        read(tmp_path)
