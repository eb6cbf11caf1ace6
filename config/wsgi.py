"""The door for gunicorn."""

import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()


def _warm_up() -> None:
    """Build the index of names before the first search asks for it; a locked center builds it then."""
    from centro.people import search

    search.warm_up()


threading.Thread(target=_warm_up, name="warm-up", daemon=True).start()
