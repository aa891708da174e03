"""Words of the screen for two different answers."""


class Conflict:
    """The screen for two different answers."""

    title = "Two people changed the same answer"
