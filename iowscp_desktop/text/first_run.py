"""Words of the first run."""


class FirstRun:
    """The first run."""

    title = "Start"
