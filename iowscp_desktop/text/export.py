"""Words of the screen that makes the file to send back."""


class Export:
    """The screen that makes the file to send back."""

    title = "Send your return"
