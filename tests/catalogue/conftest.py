"""The catalogue, built once for its tests: it never changes."""

import pytest

from events.catalogue.registry import Catalogue
from events.catalogue.whole import catalogue


@pytest.fixture(scope="session")
def known() -> Catalogue:
    """Every event type."""
    return catalogue()
