"""Words of the PDF reports."""


class ReportsWords:
    """The PDF reports."""

    title = "Report"
