"""A start with wrong or missing settings ends in a sentence that says what to set."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.process
ROOT = Path(__file__).resolve().parents[2]


def start(tmp_path, *command, **environment):
    own = {"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, "VAR_DIR": str(tmp_path), **environment}
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=own, capture_output=True, text=True, check=False, timeout=60
    )


def test_a_production_start_without_secret_key_says_what_to_set(tmp_path):
    done = start(tmp_path, "manage.py", "check")
    assert done.returncode == 1
    assert "SECRET_KEY is not set" in done.stderr
    assert "secrets.token_urlsafe" in done.stderr
    assert "Traceback" not in done.stderr


def test_production_is_the_default_and_passes_the_deployment_checks(tmp_path):
    key = "k" * 20 + "0123456789-abcdefghijklmnopqrstuvwxyz-XYZ"
    done = start(
        tmp_path,
        "manage.py",
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        SECRET_KEY=key,
        ALLOWED_HOSTS="example.org",
    )
    assert done.returncode == 0, done.stderr


def test_what_is_not_set_is_safe(tmp_path):
    safe = {"DEBUG": False, "SESSION_COOKIE_SECURE": True, "SECURE_SSL_REDIRECT": True, "ALLOWED_HOSTS": []}
    code = f"from portal import settings; print({{name: getattr(settings, name) for name in {[*safe]}}})"
    assert start(tmp_path, "-c", code, SECRET_KEY="x").stdout.strip() == str(safe)


def test_a_taken_port_is_said_in_a_sentence(tmp_path):
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = start(tmp_path, "manage.py", "serve", "--port", port, SECRET_KEY="x", HTTPS="0")
    assert done.returncode == 1
    assert "make run PORT=" in done.stderr
