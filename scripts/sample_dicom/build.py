# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Writes the whole of sample_dicom/ to a folder."""

import hashlib
import json
from pathlib import Path

import numpy as np

from .acquisition import acquire
from .dicom_file import mr_dataset, uid, write
from .png import write_png
from .scene import Scene
from .studies import STUDIES, planes
from .truth import STRUCTURES, patient_truth, slice_truth


def _name(text):
    """A file name that says nothing."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _series(scene, protocol, folder, labels_folder):
    """Writes the files of a series; returns the truth of its axial slices."""
    patient, found = scene.patient, []
    series_uid = uid(patient.identifier, protocol.description)
    for number, plane in enumerate(planes(scene, protocol), start=1):
        # One stream of noise per slice, so that a slice does not depend on those before it.
        seed = [patient.seed, protocol.series_number, number]
        rng = np.random.Generator(np.random.PCG64(seed))
        pixels = acquire(scene, plane, protocol.weighting, protocol.noise, protocol.saturation_mm, rng)
        dataset = mr_dataset(patient, protocol, number, plane, pixels)
        write(dataset, folder / _name(series_uid)[:4].upper() / _name(dataset.SOPInstanceUID).upper())
        if protocol.orientation == "axial":
            labels, numbers = slice_truth(scene, plane)
            name = f"{_name(dataset.SOPInstanceUID).upper()}.png"
            write_png(labels, labels_folder / name)
            header = {
                "sop_instance_uid": dataset.SOPInstanceUID,
                "series_uid": series_uid,
                "weighting": protocol.weighting,
                "label_map": f"labels/{name}",
            }
            found.append({**header, **numbers})
    return found


def _expected(slices):
    """The T2 slice nearest to the endplate plane."""
    t2 = [s for s in slices if s["weighting"] == "T2"]
    return min(t2, key=lambda s: abs(s["offset_above_l3_inferior_endplate_mm"]))["sop_instance_uid"]


def _checksums(root):
    files = sorted(p for p in root.rglob("*") if p.is_file() and p.name != "SHA256SUMS")
    lines = [f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(root).as_posix()}\n" for p in files]
    (root / "SHA256SUMS").write_text("".join(lines))


def build_samples(root, readme):
    """Every file of sample_dicom/; readme is the text of its README.md, which has a checksum too."""
    root = Path(root)
    root.mkdir(parents=True, exist_ok=True)
    (root / "README.md").write_bytes(readme)
    truth = {"label_values": {str(k): v for k, v in STRUCTURES.items()}, "patients": {}}
    for patient, protocols in STUDIES:
        scene, slices = Scene(patient), []
        folder = root / patient.identifier.replace("sample-", "patient_")
        for protocol in protocols:
            slices += _series(scene, protocol, folder, root / "labels")
        truth["patients"][patient.identifier] = {
            "folder": folder.name,
            "study_uid": uid(patient.identifier, "study"),
            "expected_slice": _expected(slices),
            **patient_truth(scene),
            "axial_slices": slices,
        }
    (root / "truth.json").write_text(json.dumps(truth, indent=1) + "\n")
    _checksums(root)
