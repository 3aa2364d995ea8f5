"""Make the certificates of the test servers, signed by an authority of the test's own."""

from dataclasses import dataclass
from pathlib import Path

import trustme


@dataclass(frozen=True)
class Certificates:
    """Files in PEM: who signed, and what a server on loopback shows."""

    authority: Path
    chain: Path
    key: Path


def make_certificates(folder: Path) -> Certificates:
    """Write an authority and a certificate for localhost and 127.0.0.1 into *folder*."""
    authority = trustme.CA()
    server = authority.issue_cert("localhost", "127.0.0.1")
    files = Certificates(folder / "ca.pem", folder / "chain.pem", folder / "key.pem")
    authority.cert_pem.write_to_path(str(files.authority))
    for blob in server.cert_chain_pems:
        blob.write_to_path(str(files.chain), append=True)
    server.private_key_pem.write_to_path(str(files.key))
    files.key.chmod(0o644)
    return files
