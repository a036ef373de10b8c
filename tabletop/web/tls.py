"""TLS: a certificate of one's own, or one for this session alone whose fingerprint travels along.

A room's laptop has no name that an authority could vouch for. So the session vouches for itself:
its certificate is made when it begins, and whoever joins with a terminal gets its fingerprint with
the address, and speaks to that certificate and to no other. A browser can't be told so and warns.
"""

from __future__ import annotations

import os
import socket
import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tabletop.conduct.errors import SetupError
from tabletop.conduct.session.session_file import CERTIFICATE as FILES
from tabletop.wording import say

if TYPE_CHECKING:
    from cryptography.x509 import GeneralName

DAYS = 14
MARK = "sha256="
"""What a fingerprint stands behind in an address, after `#`, where no server is sent it."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate and its key, as files."""

    certificate: Path
    key: Path

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, in hexadecimal."""
        return fingerprint(self.certificate.read_text(encoding="ascii", errors="replace"))


def fingerprint(pem: str) -> str:
    """SHA-256 of the first certificate in PEM text, in hexadecimal.

    Raises:
        SetupError: where there is none.
    """
    try:
        end = "-----END CERTIFICATE-----"
        first = pem[pem.index("-----BEGIN CERTIFICATE-----") : pem.index(end) + len(end)]
        return sha256(ssl.PEM_cert_to_DER_cert(first)).hexdigest()
    except ValueError:
        raise SetupError(say("The certificate is not PEM text.")) from None


def given(certificate: Path, key: Path) -> Certificate:
    """A certificate of one's own.

    Raises:
        SetupError: with a sentence, where the two can't be used.
    """
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError) as error:
        raise SetupError(
            say(
                "{certificate} and {key} can't be used for TLS: {why}.",
                certificate=certificate,
                key=key,
                why=error.strerror or error,
            )
        ) from None
    return Certificate(certificate, key)


def possible() -> bool:
    """Whether what makes certificates is installed."""
    return find_spec("cryptography") is not None


def made(session: Path, names: Iterable[str]) -> Certificate:
    """A certificate for the session of this file, in a folder that only its owner reads.

    One that was made for it before is used again, so that terminals which were told to trust it
    find it when the session goes on.

    Raises:
        SetupError: where what makes certificates is not installed.
    """
    files = Certificate(*(session.with_suffix(suffix) for suffix in FILES))
    if _young(files.key) and files.certificate.exists():
        return given(files.certificate, files.key)
    try:
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import ec
        from cryptography.x509.oid import NameOID
    except ImportError:
        raise SetupError(
            say("Making a certificate needs one more package: pip install 'tabletop[tls]'.")
        ) from None
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "tabletop")])
    now = datetime.now(UTC)
    alternatives = [_alternative(each) for each in dict.fromkeys(names)]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=DAYS))
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    _keep(files.certificate, certificate.public_bytes(serialization.Encoding.PEM))
    _keep(
        files.key,
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
    )
    return files


def _young(file: Path) -> bool:
    """Whether a file is there and was made while a certificate made with it is good."""
    return file.exists() and time.time() - file.stat().st_mtime < DAYS * 24 * 60 * 60


def _alternative(name: str) -> GeneralName:
    from cryptography import x509

    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _keep(file: Path, data: bytes) -> None:
    descriptor = os.open(file, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(data)


def pinned(address: str, expected: str) -> ssl.SSLContext | bool:
    """What a terminal trusts: the one certificate of a fingerprint, or whom the system trusts.

    Raises:
        SetupError: where another certificate answers, or none.
    """
    parts = urlsplit(address)
    if parts.scheme != "https" or not expected:
        return True
    try:
        pem = ssl.get_server_certificate((parts.hostname or "", parts.port or 443), timeout=10)
    except (OSError, socket.gaierror) as error:
        raise SetupError(
            say("{address} can't be reached ({why}).", address=address, why=error)
        ) from None
    if fingerprint(pem) != expected.lower():
        raise SetupError(
            say(
                "Another computer answers at {address} than the one you were invited to: its"
                " certificate has another fingerprint. Ask the facilitator for the address again.",
                address=address,
            )
        )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=pem)
    # The fingerprint says who it is; the name it is reached by may be any.
    context.check_hostname = False
    return context
