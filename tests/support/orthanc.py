# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""An Orthanc of its own for a test: on loopback, without passwords, empty."""

import json
import socket
import subprocess
import time
import urllib.request


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Orthanc:
    """Keeps its files below `folder`; `settings` are those of its configuration."""

    def __init__(self, folder, settings):
        self.port = settings.get("HttpPort") or free_port()
        common = {
            "StorageDirectory": str(folder / "orthanc"),
            "IndexDirectory": str(folder / "orthanc"),
            "HttpPort": self.port,
            "RemoteAccessAllowed": False,
            "AuthenticationEnabled": False,
        }
        self.folder = folder
        (folder / "orthanc.json").write_text(json.dumps(settings | common))
        self.start()

    def start(self):
        with open(self.folder / "orthanc.log", "a") as log:
            self.process = subprocess.Popen(["Orthanc", str(self.folder / "orthanc.json")], stdout=log, stderr=log)
        deadline = time.monotonic() + 60
        while not self.is_up():
            if time.monotonic() > deadline:
                raise RuntimeError("Orthanc does not start")
            time.sleep(0.1)

    def is_up(self):
        try:
            return self.get("/system")
        except OSError:
            return False

    def get(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=60) as reply:
            return json.load(reply)

    def file(self, instance):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/instances/{instance}/file", timeout=60) as reply:
            return reply.read()

    def post(self, path, body):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=body, method="POST")
        with urllib.request.urlopen(request, timeout=60) as reply:
            return json.load(reply)

    def stop(self):
        self.process.terminate()
        self.process.wait(30)
