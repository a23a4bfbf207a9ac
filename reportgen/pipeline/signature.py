"""Signatures of packs by SSH keys, made and checked by `ssh-keygen -Y`: unlike the seal, nobody else can make them."""

import re
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from reportgen.errors import SurroundingsError

NAMESPACE = "reportgen"
"""What a signature is for: one made for mail or a commit does not count."""
SIGNER = "signer"
SECONDS = 300
"""Somebody may have to type a passphrase, or touch a key."""
KEY = re.compile(r"(?:ssh|ecdsa|sk-ssh|sk-ecdsa)-[\w@.-]+ [A-Za-z0-9+/=]+")


def signature_of(path: Path) -> Path:
    """Return where the signature of a file stands."""
    return path.with_name(f"{path.name}.sig")


def sign(path: Path, key: Path) -> Path:
    """Sign a file with a private SSH key; return the signature's path.

    Raises:
        SurroundingsError: without ssh-keygen, for a missing file or key, or where signing fails.
    """
    for one in (path, key):
        if not one.is_file():
            raise SurroundingsError(f"There is no file {one}.")
    signature_of(path).unlink(missing_ok=True)  # ssh-keygen would ask whether to write over it
    done = _run(["-Y", "sign", "-f", str(key), "-n", NAMESPACE, str(path)], None)
    if done.returncode or not signature_of(path).is_file():
        raise SurroundingsError(f"{path} was not signed: {_said(done)}")
    return signature_of(path)


def is_signed_by(path: Path, key: Path) -> tuple[bool, str]:
    """Return whether the signature beside a file is its own by a public key, and a sentence about it.

    `key` is a public key (id_ed25519.pub), or a file of several, one a line: any of them counts.

    Raises:
        SurroundingsError: without ssh-keygen, or where the file or a key is missing.
    """
    if not path.is_file():
        raise SurroundingsError(f"There is no file {path}.")
    keys = KEY.findall(key.read_text(encoding="utf-8", errors="replace")) if key.is_file() else []
    if not keys:
        raise SurroundingsError(f"{key} holds no public SSH key, such as that of id_ed25519.pub.")
    signature = signature_of(path)
    if not signature.is_file():
        return False, f"there is no {signature.name} beside it: it is not signed"
    with TemporaryDirectory(prefix="reportgen-") as folder:
        allowed = Path(folder) / "allowed_signers"
        allowed.write_text("".join(f"{SIGNER} {one}\n" for one in keys), encoding="utf-8")
        command = ["-Y", "verify", "-f", str(allowed), "-I", SIGNER, "-n", NAMESPACE, "-s", str(signature)]
        done = _run(command, path)
    if done.returncode:
        return False, f"{signature.name} is not the signature of this file by a key in {key.name}"
    said = re.search(r"with (\S+) key (\S+)", done.stdout)
    return True, f"signed by {said[2] if said else key.name}"


def _run(arguments: list[str], content: Path | None) -> "subprocess.CompletedProcess[str]":
    """Run ssh-keygen; a file's content is its input."""
    program = shutil.which("ssh-keygen")
    if program is None:
        raise SurroundingsError("ssh-keygen is not installed; it comes with OpenSSH.")
    try:
        if content is None:
            return subprocess.run(  # noqa: S603 (a program found on the path, arguments in a list)
                [program, *arguments], check=False, capture_output=True, text=True, timeout=SECONDS
            )
        with content.open("rb") as stream:
            return subprocess.run(  # noqa: S603 (the same)
                [program, *arguments],
                check=False,
                capture_output=True,
                text=True,
                timeout=SECONDS,
                stdin=stream,
            )
    except subprocess.TimeoutExpired as error:
        raise SurroundingsError(f"ssh-keygen did not answer within {SECONDS} seconds.") from error


def _said(done: "subprocess.CompletedProcess[str]") -> str:
    lines = (done.stderr or done.stdout).strip().splitlines()
    return lines[-1] if lines else f"ssh-keygen ended with {done.returncode}"
