from io import BytesIO
from pathlib import Path

import pytest
from PIL import ExifTags, Image, PngImagePlugin

from iowscp_desktop.app import pictures
from iowscp_desktop.app.answers import read_evidence
from iowscp_desktop.errors import PictureTooLarge, PictureUnreadable

SECRETS = (b"Invented Telephone 9", b"2026:03:04 09:10:11", b"an invented caption", b"xmp-of-ours", b"trailing film")


def photo(kind: str = "JPEG", *, turned: bool = False) -> bytes:
    """Draw a picture as a telephone would save it: red above, blue below, told where and when it was taken."""
    image = Image.new("RGB", (64, 48), "blue")
    image.paste("red", (0, 0, 64, 24))
    exif = Image.Exif()
    exif[ExifTags.Base.Model] = "Invented Telephone 9"
    exif[ExifTags.Base.DateTime] = "2026:03:04 09:10:11"
    if turned:
        exif[ExifTags.Base.Orientation] = 3
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (50.0, 42.0, 1.0), 3: "W", 4: (1.0, 17.0, 2.0)})
    made = BytesIO()
    if kind == "JPEG":
        image.save(made, kind, exif=exif, comment=b"an invented caption", xmp=b"<x>xmp-of-ours</x>", quality=80)
    else:
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Comment", "an invented caption")
        notes.add_itxt("XML:com.adobe.xmp", "<x>xmp-of-ours</x>")
        image.save(made, kind, exif=exif, pnginfo=notes)
    return made.getvalue() + b"trailing film"


def reddish(image: Image.Image, y: int) -> bool:
    red, _, blue = image.convert("RGB").resize((1, 1), box=(0, y - 3, 64, y + 3)).tobytes()
    return red > blue


@pytest.mark.parametrize(("kind", "media_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png")])
@pytest.mark.parametrize("turned", [False, True])
def test_a_photo_keeps_its_looks_and_loses_what_the_camera_wrote(kind: str, media_type: str, *, turned: bool) -> None:
    content = photo(kind, turned=turned)
    cleaned = pictures.without_metadata(content, media_type)

    with Image.open(BytesIO(cleaned)) as image:
        assert (image.format, image.size, dict(image.getexif())) == (kind, (64, 48), {})
        upper, lower = (reddish(image, y) for y in (4, 44))
    assert (upper, lower) == ((False, True) if turned else (True, False))
    assert [secret for secret in SECRETS if secret in content] == list(SECRETS)
    assert [secret for secret in SECRETS if secret in cleaned] == []


def test_a_photo_is_cleaned_when_it_is_read_as_evidence(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(photo())

    assert not any(secret in read_evidence(tmp_path / "photo.jpg").content for secret in SECRETS)


def test_a_see_through_picture_stays_see_through() -> None:
    made = BytesIO()
    Image.new("RGBA", (8, 8), (10, 20, 30, 0)).save(made, "PNG")

    with Image.open(BytesIO(pictures.without_metadata(made.getvalue(), "image/png"))) as image:
        assert image.getpixel((4, 4)) == (10, 20, 30, 0)


@pytest.mark.parametrize("content", [photo()[:200], b"\xff\xd8\xff no picture", photo("PNG")])
def test_a_picture_that_cannot_be_read_is_refused(content: bytes) -> None:
    with pytest.raises(PictureUnreadable):
        pictures.without_metadata(content, "image/jpeg")


def test_a_picture_that_asks_for_gigabytes_is_refused_before_it_is_decoded() -> None:
    made = BytesIO()
    Image.new("1", (20_000, 10_000)).save(made, "PNG")

    with pytest.raises(PictureTooLarge):
        pictures.without_metadata(made.getvalue(), "image/png")
