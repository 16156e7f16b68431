# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""A `paraspinal listen` of its own for a test, and an archive: started on a free port, watched, ended."""

import contextlib
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))
from orthanc import free_port

PROGRAM = os.environ.get("PARASPINAL", str(ROOT / "build/release/pipeline/paraspinal"))

# Short times, so that tests are.
SETTINGS = {
    "listen": "127.0.0.1:0",
    "allow": "GOOD@127.0.0.1",
    "quiet-seconds": 1,
    "idle-seconds": 2,
    "object-seconds": 4,
    "object-megabytes": 2,
    "free-disk-megabytes": 1,
}


class Node:
    def __init__(self, folder, options=(), **settings):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.settings = SETTINGS | {key.replace("_", "-"): value for key, value in settings.items()}
        self.options = list(options)
        self.log_file = self.folder.parent / (self.folder.name + ".log")
        self.start()

    def start(self):
        config = self.folder.parent / (self.folder.name + ".conf")
        lines = []
        for key, value in self.settings.items():
            lines += [f"{key} = {one}" for one in (value if isinstance(value, list) else [value])]
        config.write_text("\n".join(lines) + "\n")
        skipped = len(self.log())
        with open(self.log_file, "a") as log:
            command = [PROGRAM, "listen", "-o", str(self.folder), "--config", str(config), *self.options]
            self.process = subprocess.Popen(command, stderr=log)
        started = self.wait_for_log(r"listens on \S+:(\d+)", skipped)
        self.port = int(started.group(1))

    def log(self):
        return self.log_file.read_text() if self.log_file.exists() else ""

    def wait_for_log(self, pattern, skipped=0, seconds=30):
        return wait_until(lambda: re.search(pattern, self.log()[skipped:]), seconds, f"no log line {pattern!r}")

    def status(self):
        """The metrics of status.prom by name, labels included."""
        file = self.folder / "status.prom"
        lines = file.read_text().splitlines() if file.exists() else []
        pairs = [line.rsplit(" ", 1) for line in lines if not line.startswith("#")]
        return {name.removeprefix("paraspinal_"): int(value) for name, value in pairs}

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        """Ends it as systemd does; the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)

    def run_tool(self, tool, *arguments, sender="GOOD", called="PARASPINAL"):
        """One of dcmtk's clients against this node."""
        command = [tool, "-aet", sender, "-aec", called, "127.0.0.1", str(self.port), *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, timeout=60)

    def answers(self):
        return self.run_tool("echoscu").returncode == 0


class Archive:
    """dcmtk's storescp."""

    def __init__(self, folder, *options):
        self.port = free_port()
        self.peer = f"ARCHIVE@127.0.0.1:{self.port}"
        self.folder = folder
        self.options = options
        folder.mkdir()

    def start(self):
        command = ["storescp", *self.options, "-aet", "ARCHIVE", "-od", str(self.folder), str(self.port)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        echo = ["echoscu", "-aec", "ARCHIVE", "127.0.0.1", str(self.port)]
        wait_until(lambda: subprocess.run(echo, capture_output=True).returncode == 0, 30, "no archive")

    def stop(self):
        self.process.terminate()
        self.process.wait()


def relayed(listener, place):
    """Hands what comes to `listener` on to a place, and back: dcmtk 3.6.7 speaks IPv4 alone."""

    def pump(source, target):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)

    with contextlib.suppress(OSError):
        while True:
            caller = listener.accept()[0]
            callee = socket.create_connection(place)
            for ends in ((caller, callee), (callee, caller)):
                threading.Thread(target=pump, args=ends, daemon=True).start()


def wait_until(condition, seconds, complaint):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        result = condition()
        if result:
            return result
        time.sleep(0.01)
    raise AssertionError(complaint)
