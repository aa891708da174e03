"""The strict tar inside a bundle: one byte sequence for one content, so nothing can hide between the parts.

Stock `tar` reads it. The reader here compares each header byte for byte with the only one that could stand
there, which leaves no room for names, links, owners or times of somebody's choosing.
"""

from typing import Final

BLOCK: Final = 512
RECORD: Final = 4096
"""A whole archive is filled with zeros up to this: the size of the file tells less of what is in it."""

MANIFEST_NAME: Final = "manifest.json"
SIGNATURE_NAME: Final = "manifest.sig"


def member_name(place: int) -> str:
    """Return the name of a member in the archive; its kind and meaning are in the manifest only."""
    return f"m/{place:06d}"


def tar_header(name: str, size: int) -> bytes:
    """Return the only header that an entry of this name and size may have (ustar, a plain file, mode 0600)."""
    fields = [
        name.encode("ascii").ljust(100, b"\0"),
        b"0000600\0",
        b"0000000\0",  # user
        b"0000000\0",  # group
        b"%011o\0" % size,
        b"00000000000\0",  # time
        b" " * 8,  # the checksum, counted as spaces
        b"0",
        b"".ljust(100, b"\0"),  # link
        b"ustar\0" + b"00",
        b"".ljust(64, b"\0"),  # names of user and group
        b"0000000\0" * 2,  # device
        b"".ljust(167, b"\0"),  # prefix of the name, and the rest of the block
    ]
    fields[6] = b"%06o\0 " % sum(b"".join(fields))
    return b"".join(fields)


def padding(size: int) -> int:
    """Return how many zero bytes follow an entry of `size` bytes."""
    return -size % BLOCK


def entry_size(size: int) -> int:
    """Return how many bytes an entry of `size` bytes takes: header, content, padding."""
    return BLOCK + size + padding(size)


def end_marker_size(entries: int) -> int:
    """Return how many zero bytes follow after `entries` bytes of entries: two blocks, then up to a record."""
    return 2 * BLOCK + -(entries + 2 * BLOCK) % RECORD
