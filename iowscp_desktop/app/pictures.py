"""Photos without what the camera wrote into them: the place, the time, the telephone, a preview."""

import warnings
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from iowscp_desktop.errors import PictureTooLarge, PictureUnreadable

MOST_PIXELS: Final = 120_000_000
"""The largest pictures telephones take. Decoded, that is 360 MB: more is refused."""

_FORMATS: Final = {"image/png": "PNG", "image/jpeg": "JPEG"}
_QUALITY: Final = 92
"""For a photo that has to be turned upright; others keep their own quality."""


def is_picture(media_type: str) -> bool:
    """Say whether `without_metadata` knows this kind of file."""
    return media_type in _FORMATS


def without_metadata(content: bytes, media_type: str) -> bytes:
    """Return a picture drawn anew: the same to the eye, upright, with its colours and nothing else.

    EXIF with its place and time, XMP, captions, comments, embedded previews and what trails behind the picture are
    gone. Takes about as long as showing the picture: not for the UI thread.

    Raises:
        PictureUnreadable: It is damaged, or not what its name says, so nobody can tell what is in it.
        PictureTooLarge: It has more pixels than `MOST_PIXELS`.
    """
    kind = _FORMATS[media_type]
    try:
        with warnings.catch_warnings(), Image.open(BytesIO(content), formats=(kind,)) as image:
            warnings.simplefilter("ignore")  # Pillow warns of what is refused below
            if image.width * image.height > MOST_PIXELS:
                raise PictureTooLarge(limit=MOST_PIXELS)
            return _drawn_anew(image, kind)
    except Image.DecompressionBombError as error:
        raise PictureTooLarge(limit=MOST_PIXELS) from error
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError) as error:
        raise PictureUnreadable from error


def _drawn_anew(image: Image.Image, kind: str) -> bytes:
    colours = image.info.get("icc_profile")
    transparent = image.info.get("transparency")
    turned = image.getexif().get(0x0112, 1) != 1  # the tag that says how the camera was held
    image.load()
    image.info.clear()  # Pillow would write comments, captions and XMP back
    picture = ImageOps.exif_transpose(image) if turned else image
    made = BytesIO()
    if kind == "JPEG":
        quality: int | str = _QUALITY if turned else "keep"
        picture.save(made, kind, quality=quality, icc_profile=colours, exif=b"", xmp=b"", comment=b"")
    else:
        extra = {} if transparent is None else {"transparency": transparent}
        picture.save(made, kind, icc_profile=colours, **extra)
    return made.getvalue()
