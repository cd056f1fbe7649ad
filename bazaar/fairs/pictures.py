"""Pictures as we serve them: never the file somebody sent, always one drawn again from it, without what it told."""

import io

LARGEST_FILE = 2 * 1024 * 1024
LARGEST_PLAN = 8 * 1024 * 1024
MOST_PIXELS = 25_000_000
BOX = (640, 320)
PLAN_BOX = (1600, 1600)


def redrawn(data: bytes) -> bytes | None:
    """A logo: a PNG that fits the box, from a PNG or JPEG; None where it is not one, or too large to open safely."""
    return _redrawn(data, BOX, "PNG")


def redrawn_plan(data: bytes) -> bytes | None:
    """A hall's plan: a JPEG on white, large enough to lie behind the booths."""
    return _redrawn(data, PLAN_BOX, "JPEG")


def _redrawn(data: bytes, box: tuple[int, int], kind: str) -> bytes | None:
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return None
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    upright.thumbnail(box)
    bare = Image.new("RGBA", upright.size, "white" if kind == "JPEG" else (0, 0, 0, 0))
    bare.paste(upright, mask=upright if kind == "JPEG" else None)
    out = io.BytesIO()
    bare.convert("RGB" if kind == "JPEG" else "RGBA").save(out, kind, optimize=True)
    return out.getvalue()
