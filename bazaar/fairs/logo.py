"""A logo as we serve it: never the file somebody sent, always a picture drawn again from it."""

import io

LARGEST_FILE = 2 * 1024 * 1024
MOST_PIXELS = 25_000_000
BOX = (640, 320)


def redrawn(data: bytes) -> bytes | None:
    """A PNG that fits the box, from a PNG or JPEG; None where it is not one, or too large to open safely."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return None
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    upright.thumbnail(BOX)
    bare = Image.new("RGBA", upright.size)
    bare.paste(upright)
    out = io.BytesIO()
    bare.save(out, "PNG", optimize=True)
    return out.getvalue()
