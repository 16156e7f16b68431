# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Orthanc as packaging/orthanc sets it up, and one behind it that is reached by DICOMweb."""

import json
import pathlib

from node_process import ROOT
from orthanc import Orthanc, free_port

PACKAGED = ROOT / "packaging" / "orthanc"
DICOMWEB = pathlib.Path("/usr/share/orthanc/plugins/libOrthancDicomWeb.so")


class Archive(Orthanc):
    """What a study holds."""

    def instances(self, study):
        """SOP class and UID of each instance of a study."""
        tags = [self.get(f"/instances/{one['ID']}/simplified-tags") for one in self.get(f"/studies/{study}/instances")]
        return {one["SOPInstanceUID"]: one for one in tags}


class Gateway(Archive):
    """As packaged; `archive`: the Orthanc behind it, if any."""

    def __init__(self, folder, dicom_port, node_port, archive, modalities=None):
        packaged = json.loads((PACKAGED / ("gateway.json" if archive else "paraspinal.json")).read_text())
        if archive:
            packaged["DicomWeb"]["Servers"]["archive"]["Url"] = f"http://127.0.0.1:{archive.port}/dicom-web/"
        modality = packaged["DicomModalities"]["paraspinal"] | {"Port": node_port}
        script = folder / "send_mr_series.lua"
        own = {
            "Name": "test",
            "LuaScripts": [str(script)],
            "HttpPort": free_port(),
            "StableAge": 1,
            "Plugins": [str(DICOMWEB)] if archive else [],
            "DicomAet": "ORTHANC",
            "DicomPort": dicom_port,
            "DicomModalities": {"paraspinal": modality} | (modalities or {}),
        }
        # It tries again after a second, and knows where it answers.
        packaged_script = (PACKAGED / script.name).read_text()
        script.write_text(packaged_script.replace("8042", str(own["HttpPort"])).replace("= 30, 3600", "= 1, 2"))
        super().__init__(folder, packaged | own)

    def fetch(self, archive):
        """All studies of the archive, by WADO-RS."""
        for study in archive.get("/studies"):
            uid = archive.get(f"/studies/{study}")["MainDicomTags"]["StudyInstanceUID"]
            wanted = {"Resources": [{"Study": uid}], "Synchronous": True}
            self.post("/dicom-web/servers/archive/retrieve", json.dumps(wanted).encode())


def archive_behind(folder):
    """An Orthanc with DICOMweb alone, or None."""
    if not DICOMWEB.exists():
        return None
    folder.mkdir()
    web = {"Enable": True, "Root": "/dicom-web/"}
    return Archive(folder, {"Plugins": [str(DICOMWEB)], "DicomServerEnabled": False, "DicomWeb": web})
