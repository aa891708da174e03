"""Words of the panel member’s screen."""


class Score:
    """The panel member’s screen."""

    title = "Score"
