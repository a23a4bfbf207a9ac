"""Signatures by SSH keys: a file is signed by its key, and by no other; a changed file is not."""

import shutil
import subprocess
from pathlib import Path

import pytest

from reportgen.errors import SurroundingsError
from reportgen.pipeline.signature import is_signed_by, sign, signature_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not shutil.which("ssh-keygen"), reason="ssh-keygen is not installed: sh .ci/setup test installs it"
    ),
]


def key(folder: Path, name: str) -> Path:
    """Make a key without a passphrase."""
    path = folder / name
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(path)]
    subprocess.run(command, check=True, capture_output=True)
    return path


def test_signed_by_one_key_and_no_other(tmp_path: Path) -> None:
    """The key that signed counts, alone or among several; another does not, nor any for a changed file."""
    ours, theirs = key(tmp_path, "ours"), key(tmp_path, "theirs")
    pack = tmp_path / "acme.xlsx"
    pack.write_bytes(b"figures")
    public = {one: one.with_suffix(".pub") for one in (ours, theirs)}
    assert is_signed_by(pack, public[ours])[0] is False
    assert sign(pack, ours) == signature_of(pack)
    assert sign(pack, ours) == signature_of(pack)  # again: written over without a question
    holds, sentence = is_signed_by(pack, public[ours])
    assert holds
    assert "SHA256:" in sentence
    both = tmp_path / "both.pub"
    both.write_text("".join(one.read_text(encoding="utf-8") for one in public.values()), encoding="utf-8")
    assert is_signed_by(pack, both)[0]
    assert not is_signed_by(pack, public[theirs])[0]
    pack.write_bytes(b"other figures")
    assert is_signed_by(pack, public[ours]) == (
        False, "acme.xlsx.sig is not the signature of this file by a key in ours.pub",
    )  # fmt: skip


def test_a_signature_for_something_else_does_not_count(tmp_path: Path) -> None:
    """What was signed for mail is not signed as a pack."""
    ours, pack = key(tmp_path, "ours"), tmp_path / "acme.pdf"
    pack.write_bytes(b"pages")
    command = ["ssh-keygen", "-Y", "sign", "-f", str(ours), "-n", "mail", str(pack)]
    subprocess.run(command, check=True, capture_output=True)
    assert not is_signed_by(pack, ours.with_suffix(".pub"))[0]


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    """No file, no key, and a file that is none."""
    pack = tmp_path / "acme.xlsx"
    with pytest.raises(SurroundingsError, match="There is no file"):
        sign(pack, tmp_path / "ours")
    pack.write_bytes(b"figures")
    with pytest.raises(SurroundingsError, match="There is no file"):
        sign(pack, tmp_path / "ours")
    (tmp_path / "text.pub").write_text("no key", encoding="utf-8")
    with pytest.raises(SurroundingsError, match="holds no public SSH key"):
        is_signed_by(pack, tmp_path / "text.pub")
    (tmp_path / "text").write_text("no key", encoding="utf-8")
    with pytest.raises(SurroundingsError, match="was not signed"):
        sign(pack, tmp_path / "text")
