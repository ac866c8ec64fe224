"""Information replied in time (FD-14)."""

GUIDANCE = (
    "Replies within the hours set on the request. No reply by the due time counts as not met."
)


def test_by_the_minute(practice):
    """Answered at the time set is in time; later, or not at all, is not. One not due yet is not known."""
    practice(
        "FD-14",
        """
        information_request
        request_id | child_id | agency | due_date   | due_at           | replied_at       | as_at
        1          | Ann      | Police | 2016-03-04 | 2016-03-04 13:00 | 2016-03-04 13:00 | 2016-03-04 15:00
        2          | Ben      | Police | 2016-03-04 | 2016-03-04 13:00 | 2016-03-04 13:01 | 2016-03-04 15:00
        3          | Cal      | Health | 2016-03-04 | 2016-03-04 13:00 |                  | 2016-03-04 15:00
        4          | Dee      | Health | 2016-03-04 | 2016-03-04 15:00 |                  | 2016-03-04 15:00
        5          | Eve      | Health | 2016-03-04 | 2016-03-04 16:00 | 2016-03-04 14:00 | 2016-03-04 15:00
        """,
        year=2016,
        unknown=1,
        by="agency",
        groups={"Police": 50.0, "Health": 100 / 3},
        gives=(2, 5),
        guidance=GUIDANCE,
    )


def test_one_request_about_several_children(practice):
    """A request counts once, however many children it is about."""
    practice(
        "FD-14",
        """
        information_request
        request_id | child_id | agency | due_date   | due_at           | replied_at       | as_at | district
        1          | Ben      | Police | 2016-03-04 | 2016-03-04 13:00 | 2016-03-04 12:00 |       | South
        1          | Ann      | Police | 2016-03-04 | 2016-03-04 13:00 | 2016-03-04 12:00 |       | North
        2          | Ben      | Police | 2016-03-04 | 2016-03-04 13:00 | 2016-03-04 12:00 |       | South
        """,
        year=2016,
        by="district",
        groups={"North": 100.0, "South": 100.0},
        gives=(2, 2),
        guidance=GUIDANCE,
    )


def test_refused(practice):
    """An agency that refuses to say anything has not answered, however soon it refuses."""
    practice(
        "FD-14",
        """
        information_request
        request_id | child_id | due_date   | due_at           | replied_at       | refused | as_at
        1          | Ann      | 2016-03-04 | 2016-03-04 13:00 | 2016-03-04 12:00 | yes     | 2016-03-04 12:30
        2          | Ben      | 2016-03-04 | 2016-03-04 13:00 | 2016-03-04 12:00 | no      | 2016-03-04 12:30
        """,
        year=2016,
        gives=(1, 2),
        guidance=GUIDANCE,
    )
