"""An NHS number or a pupil number is taken only where it checks itself."""

import pytest
from pydantic import ValidationError

from events.catalogue.identifiers import IdentifiersRecorded


@pytest.mark.parametrize("number", ["9990000018", "9434765919", "9999999999"])
def test_an_nhs_number_that_checks_is_taken(number: str) -> None:
    assert IdentifiersRecorded(nhs_number=number).nhs_number == number


@pytest.mark.parametrize("number", ["9990000019", "999 000 0018", "999000001", "0000000010"])
def test_an_nhs_number_that_does_not_check_is_not(number: str) -> None:
    with pytest.raises(ValidationError):
        IdentifiersRecorded(nhs_number=number)


def test_a_pupil_number_that_checks_is_taken() -> None:
    assert IdentifiersRecorded(upn="H801200001001").upn == "H801200001001"


@pytest.mark.parametrize("number", ["A801200001001", "H801200001002", "H80120000100", "I801200001001"])
def test_a_pupil_number_that_does_not_check_is_not(number: str) -> None:
    with pytest.raises(ValidationError):
        IdentifiersRecorded(upn=number)


def test_neither_number_says_nothing() -> None:
    with pytest.raises(ValidationError, match="give a number"):
        IdentifiersRecorded()
