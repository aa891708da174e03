"""Words of the home screen."""


class Home:
    """The home screen."""

    title = "Audit"
