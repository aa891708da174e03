"""Words of the lock screen."""


class Lock:
    """The lock screen."""

    title = "Locked"
