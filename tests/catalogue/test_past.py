"""Which dates cannot lie in the future."""

from datetime import date

from events.catalogue.children import BirthRecorded, ChildRegistered, DateOfBirthCorrected, UnbornChildRegistered
from events.catalogue.past import past_dates


def test_a_birth_lies_in_the_past() -> None:
    assert past_dates(BirthRecorded(dob=date(2025, 7, 30))) == [("/dob", date(2025, 7, 30))]


def test_each_date_of_a_corrected_birth_lies_in_the_past() -> None:
    corrected = DateOfBirthCorrected(old=date(2015, 6, 1), new=date(2015, 6, 11))

    assert dict(past_dates(corrected)) == {"/old": date(2015, 6, 1), "/new": date(2015, 6, 11)}


def test_a_date_left_out_is_not_asked_about() -> None:
    assert past_dates(ChildRegistered(names="Child A")) == []


def test_an_expected_date_may_lie_ahead() -> None:
    assert past_dates(UnbornChildRegistered(edd=date(2031, 1, 1))) == []
