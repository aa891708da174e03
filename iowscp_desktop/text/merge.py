"""Words of the screen that takes in what came back."""


class Merge:
    """The screen that takes in what came back."""

    title = "Bring in files"
