"""Words of the screen that checks and signs off."""


class Check:
    """The screen that checks and signs off."""

    title = "Check your answers"
