# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Folders of results to review, and the server that is started on them."""
import csv
import hashlib
import http.client
import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[2] / "sample_dicom"
PROGRAM = sys.argv[1] if len(sys.argv) > 1 else "paraspinal"


def run(*arguments):
    """The program's standard output; fails when it does."""
    return subprocess.run([PROGRAM, *map(str, arguments)], check=True, capture_output=True,
                          text=True).stdout


def measure_samples(folder):
    """A batch of both sample studies."""
    run("batch", SAMPLES, "-o", folder, "--quiet")
    return folder


def record_files(folder):
    return sorted(Path(folder).glob("*/record.json"))


def change_record(file, change):
    record = json.loads(file.read_text())
    change(record)
    file.write_text(json.dumps(record))


def multiply(folder, count, with_files=True):
    """`count` studies, each a copy of one of the two in the folder, in which they stay."""
    originals = record_files(folder)
    for number in range(count - len(originals)):
        original = originals[number % len(originals)]
        uid = f"1.2.3.{number}"
        target = Path(folder) / hashlib.sha256(uid.encode()).hexdigest()[:32]
        if with_files:
            shutil.copytree(original.parent, target)
        else:
            target.mkdir()
            shutil.copy(original, target)

        def rename(record, uid=uid, number=number, target=target):
            record["study_uid"] = uid
            record["measurement"].update(study_uid=uid, patient_id=f"copy-{number:05}",
                                         study_folder=target.name)
        change_record(target / "record.json", rename)


def erased(runs, label, count):
    """The runs without the first pixels of a label."""
    pixels = [value for value, length in zip(runs[::2], runs[1::2]) for _ in range(length)]
    for place in [place for place, value in enumerate(pixels) if value == label][:count]:
        pixels[place] = 0
    return [number for value in pixels for number in (value, 1)]


def readings(folder):
    file = Path(folder) / "readings.jsonl"
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def exported(folder, *options):
    """The rows of `export`, by study UID."""
    table = Path(folder) / "exported" / "all.csv"
    run("export", folder, "-o", table, "--quiet", *options)
    with table.open(newline="") as stream:
        return {row["study_uid"]: row for row in csv.DictReader(stream)}


class Server:
    """`paraspinal review` while the context lasts."""

    def __init__(self, folder, *options, program=PROGRAM):
        self.process = subprocess.Popen([program, "review", str(folder), *options],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.address = self.process.stdout.readline().strip()
        self.token = self.address.split("token=")[1]
        self.port = int(self.address.split(":")[2].split("/")[0])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(20)
        self.process.stdout.close()

    def kill(self):
        self.process.kill()
        self.process.wait()

    def memory_mb(self, kind="VmRSS"):
        """Of the process now; with VmHWM, at most so far."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split(kind + ":")[1].split()[0]) / 1024

    def ask(self, path, method="GET", body=None, **headers):
        """Status, headers and body of an answer; the page's own headers unless others are given."""
        sent = {"Host": f"127.0.0.1:{self.port}", "Cookie": f"paraspinal_{self.port}={self.token}"}
        if method != "GET":
            sent["Origin"] = f"http://127.0.0.1:{self.port}"
        sent.update({name.replace("_", "-"): value for name, value in headers.items()})
        sent = {name: value for name, value in sent.items() if value is not None}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in sent.items():
            connection.putheader(name, value)
        content = b"" if body is None else (body if isinstance(body, bytes) else json.dumps(body).encode())
        if body is not None:
            connection.putheader("Content-Length", str(len(content)))
        connection.endheaders(content)
        answer = connection.getresponse()
        result = answer.status, answer.headers, answer.read()
        connection.close()
        return result

    def json(self, path, method="GET", body=None):
        status, _, content = self.ask(path, method, body)
        assert status == 200, (path, status, content)
        return json.loads(content)
