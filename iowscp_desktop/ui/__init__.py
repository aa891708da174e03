"""The window: the only floor with Qt. Pages draw and pass on; presenters are plain Python."""
