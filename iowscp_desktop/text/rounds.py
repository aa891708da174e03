"""Words of the team’s rounds."""


class Rounds:
    """The team’s rounds."""

    title = "Rounds"
