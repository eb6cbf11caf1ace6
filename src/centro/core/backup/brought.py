"""Files of the data folder that no row speaks of: the agencies' forms a center brought, each with its map."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, ZipInfo

FORMS = "forms"


def packed(data: Path) -> bytes:
    """The forms of a center in one archive; the same bytes as long as none of them changes."""
    archive = BytesIO()
    with ZipFile(archive, "w") as whole:
        for path in sorted((data / FORMS).glob("[!.]*")):
            if path.is_file():
                whole.writestr(ZipInfo(path.name), path.read_bytes())
    return archive.getvalue()


def unpack(archive: bytes, data: Path) -> None:
    """Put the forms of an archive into a data folder, under their own names and nowhere else."""
    (data / FORMS).mkdir(mode=0o700)
    with ZipFile(BytesIO(archive)) as whole:
        for name in whole.namelist():
            (data / FORMS / Path(name).name).write_bytes(whole.read(name))
