"""The demonstration: the whole main job with invented data, checked, and pictures of every screen on the way."""

from iowscp_desktop.demo.story import Camera, Made, run

__all__ = ["Camera", "Made", "run"]
