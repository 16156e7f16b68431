# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Many studies sent to a node, and what of them was confirmed. Needs dcmtk and python3-pydicom."""

import csv
import hashlib
import pathlib
import re
import subprocess
import sys
import threading
import time

import pydicom

# What dcmtk's storescu -v says about one object.
SENT = re.compile(r"Sending file: (\S+)\n(?:I: .*\n)*?I: Received Store Response \(Success\)")


def must(condition, complaint):
    if not condition:
        sys.exit(f"{pathlib.Path(sys.argv[0]).name}: {complaint}")


def data_set(path):
    """The bytes after the meta header, which each node writes for itself."""
    content = path.read_bytes()
    length = int.from_bytes(content[140:144], "little")
    return content[144 + length :]


def is_there(kept, path):
    return kept is not None and data_set(kept) == data_set(path)


def name_of(path):
    """As docs/listen.md describes the names of received files."""
    uid = pydicom.dcmread(path, specific_tags=["SOPInstanceUID"], stop_before_pixels=True).SOPInstanceUID
    return hashlib.sha256(uid.encode()).hexdigest()[:32] + ".dcm"


def rows(node):
    table = node.folder / "measurements.csv"
    if not table.exists():
        return {}
    with open(table) as file:
        return {row["study_uid"]: row["reason"] for row in csv.DictReader(file)}


class Load:
    """Sends studies until each is confirmed as a whole; knows what was confirmed."""

    def __init__(self, studies):
        self.names = {path: name_of(path) for study in studies for path in study.iterdir()}
        self.confirmed = set()
        self.lock = threading.Lock()

    def send(self, node, study):
        """Over an association of its own, again until all of it is confirmed."""
        while True:
            command = ["storescu", "-v", "-aet", "GOOD", "-aec", "PARASPINAL", "127.0.0.1", str(node.port)]
            run = subprocess.run([*command, *map(str, sorted(study.iterdir()))], capture_output=True, text=True)
            with self.lock:
                self.confirmed.update(pathlib.Path(path) for path in SENT.findall(run.stdout + run.stderr))
            if run.returncode == 0:
                return
            time.sleep(0.2)

    def lost(self, node):
        """Confirmed objects that are not there as they were sent."""
        with self.lock:
            confirmed = sorted(self.confirmed)
        kept = {path.name: path for path in (node.folder / "incoming").rglob("*.dcm")}
        return [path for path in confirmed if not is_there(kept.get(self.names[path]), path)]
