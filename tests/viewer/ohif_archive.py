# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Orthanc with its DICOMweb plugin, and OHIF before it, for one test: both on loopback, ended with it."""

import base64
import hashlib
import http.client
import http.server
import json
import mimetypes
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
from orthanc import Orthanc  # noqa: E402

PLUGIN = pathlib.Path("/usr/share/orthanc/plugins/libOrthancDicomWeb.so")

CONFIGURATION = """window.config = {
    routerBasename: '/', extensions: [], modes: [], customizationService: {}, showStudyList: true,
    maxNumberOfWebWorkers: 2, showCPUFallbackMessage: false, showLoadingIndicator: true,
    maxNumRequests: {interaction: 100, thumbnail: 5, prefetch: 10}, defaultDataSourceName: 'orthanc',
    investigationalUseDialog: {option: 'never'},
    dataSources: [{namespace: '@ohif/extension-default.dataSourcesModule.dicomweb', sourceName: 'orthanc',
        configuration: {friendlyName: 'Orthanc', name: 'orthanc', wadoUriRoot: '/dicom-web', qidoRoot: '/dicom-web',
            wadoRoot: '/dicom-web', qidoSupportsIncludeField: false, imageRendering: 'wadors',
            thumbnailRendering: 'wadors', enableStudyLazyLoad: true, supportsWildcard: true}}]};"""


class Absent(Exception):
    """What the test needs is not on this machine."""


def fetch_ohif(cache):
    """The folder of OHIF as npm publishes it; fetched once, and only what ohif.json names."""
    wanted = json.loads((HERE / "ohif.json").read_text())
    folder = pathlib.Path(cache) / wanted["version"]
    if (folder / "package" / "dist" / "index.html").exists():
        return folder / "package" / "dist"
    if not shutil.which("npm"):
        raise Absent("needs npm to fetch OHIF")
    folder.mkdir(parents=True, exist_ok=True)
    try:
        subprocess.run(
            ["npm", "pack", "--silent", f"{wanted['package']}@{wanted['version']}"],
            cwd=folder, check=True, timeout=240, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as problem:
        raise Absent("npm cannot fetch OHIF from its registry") from problem
    archive = next(folder.glob("*.tgz"))
    digest = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if digest != wanted["integrity"]:
        raise SystemExit(f"{archive} is not what ohif.json names")
    with tarfile.open(archive) as packed:
        packed.extractall(folder)
    archive.unlink()
    return folder / "package" / "dist"


def viewer_handler(dist, orthanc_port):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_):
            pass

        def answer(self, kind, body, status=200):
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def pass_on(self, method, sent=None):
            kept = {name: self.headers[name] for name in ("Accept", "Content-Type") if name in self.headers}
            archive = http.client.HTTPConnection("127.0.0.1", orthanc_port)
            archive.request(method, self.path, sent, headers={"Accept": "*/*"} | kept)
            reply = archive.getresponse()
            body = reply.read()
            archive.close()
            self.answer(reply.getheader("Content-Type"), body, reply.status)

        def do_POST(self):  # STOW-RS, when somebody saves.
            self.pass_on("POST", self.rfile.read(int(self.headers["Content-Length"])))

        def do_GET(self):
            path = self.path.split("?")[0]
            if path.startswith("/dicom-web"):
                self.pass_on("GET")
            elif path == "/app-config.js":
                self.answer("text/javascript", CONFIGURATION.encode())
            else:
                file = (dist / path.lstrip("/")).resolve()
                if not file.is_file() or dist not in file.parents:
                    file = dist / "index.html"  # A route of the application.
                kinds = {".js": "text/javascript", ".wasm": "application/wasm"}
                kind = kinds.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
                self.answer(kind, file.read_bytes())

    return Handler


class ArchiveWithViewer:
    def __init__(self, dist):
        if not (shutil.which("Orthanc") and PLUGIN.exists()):
            raise Absent("needs orthanc and orthanc-dicomweb; scripts/install_deps test")
        self.folder = tempfile.TemporaryDirectory()
        settings = {
            "Plugins": [str(PLUGIN)],
            "DicomServerEnabled": False,
            "DicomWeb": {"Enable": True, "Root": "/dicom-web/"},
        }
        self.orthanc = Orthanc(pathlib.Path(self.folder.name), settings)
        self.port = self.orthanc.port
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), viewer_handler(dist.resolve(), self.port))
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"

    def store(self, file):
        self.orthanc.post("/instances", file.read_bytes())

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.orthanc.stop()
        self.folder.cleanup()
