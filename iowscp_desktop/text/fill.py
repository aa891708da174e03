"""Words of the screen where questions are answered."""


class Fill:
    """The screen where questions are answered."""

    title = "Questions"
