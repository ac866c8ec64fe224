"""The service's settings for its tests: a folder and a key of their own, and quick passwords.

SIGHTLINE_TEST_DATABASE names a PostgreSQL server to test on (see `postgresql.py`); else it is SQLite.
"""

import os
import secrets
import tempfile
from pathlib import Path

_home = Path(tempfile.gettempdir()) / "sightline-tests"
(_home / "static").mkdir(parents=True, exist_ok=True)
os.environ["SIGHTLINE_HOME"] = str(_home)
os.environ["SIGHTLINE_SECRET_KEY"] = secrets.token_urlsafe(50)
os.environ["SIGHTLINE_ALLOWED_HOSTS"] = "testserver,localhost,127.0.0.1"
os.environ["SIGHTLINE_DATABASE"] = os.environ.get("SIGHTLINE_TEST_DATABASE", "")

from sightline.service.config.settings import *  # noqa: E402, F403
from sightline.service.config.settings import DATABASES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
DATABASES["default"]["CONN_MAX_AGE"] = 0
PUBLIC_MARK_SECONDS = 0
