"""Whatever people do, in whatever order: no plan ever clashes, found by a checker that shares no code with booking."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bazaar.db import db
from bazaar.errors import Refused
from bazaar.meetings import actions, queries, rules
from bazaar.meetings.models import Meeting
from bazaar.meetings.rules import Appointment, Time
from tests import make

people, employers, starts = st.integers(0, 2), st.integers(0, 2), st.integers(0, 11)
act = st.one_of(
    st.tuples(st.just("book"), people, employers, starts),
    st.tuples(st.just("ask"), people, employers, starts),
    st.tuples(st.just("accept"), people, employers, starts),
    st.tuples(st.just("move"), people, employers, starts),
    st.tuples(st.just("move_to_open"), people, employers, starts),
    st.tuples(st.just("cancel"), people, employers, starts),
    st.tuples(st.just("restore"), people, employers, starts),
    st.tuples(st.just("block"), people, employers, starts),
)


class Hall:
    """Three employers in two halls, each with twelve times at two tables, and three jobseekers."""

    def __init__(self) -> None:
        self.fair = make.fair(days=1)
        self.fair.max_meetings, self.fair.max_pending = 3, 2
        self.employers = [make.exhibitor(self.fair, f"Employer {n}", open_slots=True) for n in range(3)]
        for n, exhibitor in enumerate(self.employers):
            make.booth(exhibitor, n + 1, "Hall B" if n == 2 else "Hall A")
        self.bo = make.representative(self.employers[0])
        self.people = [make.jobseeker(self.fair, f"Jobseeker {n}") for n in range(3)]
        ten = make.at(self.fair, 10)
        self.slots = [
            [
                make.slot(exhibitor, ten + timedelta(minutes=12 * n), table=1 + n % 2, is_open=n % 4 > 0)
                for n in range(12)
            ]
            for exhibitor in self.employers
        ]

    def do(self, what: str, person: int, employer: int, start: int) -> None:
        registration, exhibitor, slot = (
            self.people[person],
            self.employers[employer],
            self.slots[employer][start],
        )
        if what == "book":
            actions.book(self.fair, registration, exhibitor, slot.id, language="en")
        elif what == "ask":
            actions.ask(self.fair, registration, exhibitor, "", language="en")
        elif what == "block":
            actions.block(self.fair, registration, exhibitor, "jobseeker", registration.person_id)
        elif meeting := self.latest(registration, exhibitor):
            self.change(what, meeting, slot)

    def change(self, what: str, meeting: Meeting, slot) -> None:
        if what == "accept":
            actions.accept(self.fair, meeting, slot.id, self.bo.id)
        elif what == "move":
            actions.move(self.fair, meeting, slot.id, self.bo.id)
        elif what == "move_to_open":
            actions.move_to_open(self.fair, meeting, slot.id, self.bo.id)
        elif what == "cancel":
            actions.cancel(self.fair, meeting, "jobseeker", "", self.bo.id)
        else:
            actions.restore(self.fair, meeting, "jobseeker", self.bo.id)

    def latest(self, registration, exhibitor) -> Meeting | None:
        query = db.select(Meeting).where(
            Meeting.registration_id == registration.id, Meeting.exhibitor_id == exhibitor.id
        )
        return db.session.scalars(query.order_by(Meeting.made_at.desc(), Meeting.id.desc())).first()

    def plan(self) -> list[Appointment]:
        standing = db.select(Meeting).where(Meeting.status.in_(rules.STANDING))
        stands = queries.stands_of(self.fair.id, [exhibitor.id for exhibitor in self.employers])
        slots = {slot.id: slot for row in self.slots for slot in row}
        return [
            Appointment(
                each.registration_id, each.exhibitor_id, slots[each.slot_id].table,
                Time(each.starts_at, each.ends_at, stands.at(each.exhibitor_id, each.starts_at).hall_id),
            )
            for each in db.session.scalars(standing)
        ]  # fmt: skip


def run(deeds: list[tuple[str, int, int, int]]) -> None:
    hall = Hall()
    try:
        for deed in deeds:
            with suppress(Refused):
                hall.do(*deed)
            assert rules.clashes(hall.plan(), queries.limits_of(hall.fair)) == [], deed
    finally:
        db.session.rollback()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(act, max_size=25))
def test_no_order_of_booking_asking_accepting_moving_and_cancelling_ever_clashes(deeds):
    run(deeds)


@pytest.mark.soak
@settings(max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(act, max_size=60))
def test_no_long_order_ever_clashes(deeds):
    run(deeds)


def test_the_checker_would_see_it_if_nobody_looked_at_clashes(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rules, "first_clash", lambda *_times: None)
    with pytest.raises(AssertionError):
        run([("book", 0, 0, 1), ("book", 0, 1, 2)])
