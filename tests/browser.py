"""A real browser without a window, for what is to be seen in one."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    # Containers give little shared memory; a page that runs out of it crashes.
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
BROWSERS_OWN = ("google.com", "googleapis.com", "gvt1.com", "gstatic.com")

needs_browser = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None and "browser" not in os.environ.get("TABLETOP_REQUIRE", ""),
        reason="no Chromium on this machine",
    ),
]


def browse(page: Path, tmp_path: Path, *flags: str) -> subprocess.CompletedProcess[str]:
    """Shows a page and does what the flags say."""
    assert CHROMIUM is not None, "TABLETOP_REQUIRE asks for a browser and there is none"
    return subprocess.run(
        [CHROMIUM, *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", *flags, page.as_uri()],
        capture_output=True,
        text=True,
        timeout=90,
        check=True,
    )


def hosts_asked(log: Path) -> set[str]:
    """The hosts in a log of the network, less those the browser calls on its own account."""
    asked = set(re.findall(r'"url":"https?://([^"/:]*)', log.read_text(encoding="utf-8")))
    return {host for host in asked if not host.endswith(BROWSERS_OWN)}
