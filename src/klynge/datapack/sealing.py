"""How a pack shows that it is whole: checksums, the descriptor's seal, and the signature.

Every file's sha256 stands in the descriptor. The descriptor's own stands in it too, as its "seal":
the sha256 of its bytes with the seal's 64 digits written as zeros. That finds accidents.
Against a forger there is SIGNATURE: Ed25519 over the descriptor's bytes.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from klynge.faults import BadInput, Fault
from klynge.texts import _

UNSEALED = "sha256:" + "0" * 64


def digest(content: bytes) -> str:
    """The checksum of `content` as a descriptor writes it."""
    return "sha256:" + hashlib.sha256(content).hexdigest()


def seal(unsealed: bytes) -> bytes:
    """Descriptor bytes with the one UNSEALED in them replaced by their checksum."""
    if unsealed.count(UNSEALED.encode()) != 1:
        raise ValueError("the descriptor must hold exactly one empty seal")
    return unsealed.replace(UNSEALED.encode(), digest(unsealed).encode())


def seal_is_whole(content: bytes, written: str) -> bool:
    """Whether `written`, the seal found in descriptor bytes `content`, is theirs."""
    if content.count(written.encode()) != 1 or len(written) != len(UNSEALED):
        return False
    return digest(content.replace(written.encode(), UNSEALED.encode())) == written


def public_hex(key: Ed25519PublicKey) -> str:
    """A public key as 64 hex digits."""
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def public_from_hex(text: str) -> Ed25519PublicKey | None:
    """The public key of 64 hex digits, None when they are not that."""
    try:
        return Ed25519PublicKey.from_public_bytes(bytes.fromhex(text))
    except ValueError:
        return None


def sign(content: bytes, key: Ed25519PrivateKey) -> bytes:
    """The bytes of SIGNATURE for descriptor bytes `content`."""
    return key.sign(content).hex().encode() + b"\n"


def signature_is_right(signature: bytes, content: bytes, key: Ed25519PublicKey) -> bool:
    """Whether the SIGNATURE file's bytes are `key`'s signature on `content`."""
    try:
        raw = bytes.fromhex(signature.decode("ascii").strip())
        key.verify(raw, content)
    except (ValueError, InvalidSignature):
        return False
    return signature == raw.hex().encode() + b"\n"


def write_new_keys(out: Path) -> tuple[Path, Path]:
    """Make a key pair and write OUT.private.pem (not encrypted) and OUT.public.pem.

    Never over a file that is there: a lost private key cannot be made again.
    """
    key = Ed25519PrivateKey.generate()
    private = out.with_name(out.name + ".private.pem")
    public = out.with_name(out.name + ".public.pem")
    for path in (private, public):
        if path.exists():
            raise _cannot_write_key(path, _("Der er allerede en fil her."))
    try:
        with os.fdopen(os.open(private, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        with public.open("xb") as file:
            form = PublicFormat.SubjectPublicKeyInfo
            file.write(key.public_key().public_bytes(Encoding.PEM, form))
    except OSError:
        raise _cannot_write_key(out, _("Filen kan ikke skrives.")) from None
    return private, public


def load_private_key(path: Path) -> Ed25519PrivateKey:
    """The unencrypted Ed25519 private key of a PEM file; BadInput when it is not one."""
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise _not_a_key(path, error) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise _not_a_key(path)
    return key


def load_public_key(path: Path) -> Ed25519PublicKey:
    """The Ed25519 public key of a PEM file; BadInput when it is not one."""
    try:
        key = load_pem_public_key(path.read_bytes())
    except (OSError, ValueError, TypeError) as error:
        raise _not_a_key(path, error) from None
    if not isinstance(key, Ed25519PublicKey):
        raise _not_a_key(path)
    return key


def _cannot_write_key(path: Path, problem: str) -> BadInput:
    expected = _("et navn i en mappe, der findes, hvor der ikke er nøgler i forvejen")
    fault = Fault(str(path), problem, expected, _("Vælg et andet navn."))
    return BadInput(_("Nøgleparret blev ikke lavet."), [fault])


def _not_a_key(path: Path, error: Exception | None = None) -> BadInput:
    unread = isinstance(error, OSError)
    return BadInput(
        _("Kan ikke bruge {path} som nøgle.").format(path=path),
        [
            Fault(
                str(path),
                _("Filen findes ikke eller kan ikke læses.")
                if unread
                else _("Filen er ikke en Ed25519-nøgle uden adgangskode."),
                _("en PEM-fil, som `klynge datapack keygen` laver den"),
                _("Find den rette fil, eller lav et nyt nøglepar med `klynge datapack keygen`."),
            )
        ],
    )
