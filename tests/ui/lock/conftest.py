"""The spare key and the school that was invited after it was made, as the tests of the deed have them."""

from tests.app.test_escrow import school, spare, stick

__all__ = ["school", "spare", "stick"]
