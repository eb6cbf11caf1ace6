"""The kinds of file we take in and give out."""

# code → media type, ending
MEDIA_TYPES: dict[str, tuple[str, str]] = {
    "pdf": ("application/pdf", "pdf"),
    "jpeg": ("image/jpeg", "jpg"),
    "png": ("image/png", "png"),
    "heic": ("image/heic", "heic"),
    "text": ("text/plain; charset=utf-8", "txt"),
    "m4a": ("audio/mp4", "m4a"),
    "mp3": ("audio/mpeg", "mp3"),
}
