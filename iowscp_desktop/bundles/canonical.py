"""One way to write JSON: sorted keys, no spaces, UTF-8. What is not written that way is not read."""

from typing import TypeVar

import msgspec

from iowscp_desktop.errors import BundleMalformed

_T = TypeVar("_T")
_encoder = msgspec.json.Encoder(order="sorted")


def canonical(value: object) -> bytes:
    """Return the one and only bytes of a value."""
    return _encoder.encode(value)


def read_canonical(content: bytes, kind: type[_T], *, what: str) -> _T:
    """Return what canonical bytes hold, checked against `kind`; fields that it does not know are passed over.

    Args:
        what: The thing that is read, for the message.

    Raises:
        BundleMalformed: No JSON, JSON written another way (duplicate keys, spaces, another order), nested
            absurdly deep, or not what `kind` says.
    """
    try:
        plain = msgspec.json.decode(content)
        if canonical(plain) != content:
            raise BundleMalformed(f"{what} is not in its one and only form")
        return msgspec.convert(plain, kind)
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        raise BundleMalformed(f"{what} has not the right content") from error
