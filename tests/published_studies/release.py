# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Studies in the form of a large public release, made of the sample study."""
import csv

from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import RLELossless

from recipes import study

KEPT = {"SliceThickness", "InstanceNumber", "ImagePositionPatient", "ImageOrientationPatient",
        "SamplesPerPixel", "PhotometricInterpretation", "Rows", "Columns", "PixelSpacing",
        "BitsAllocated", "BitsStored", "HighBit", "PixelRepresentation", "PixelData"}
RELEASED = {2: ("5550001", "T2", "Sagittal T2/STIR"), 4: ("5550002", "T2", "Axial T2"),
            5: ("5550003", "T1", "Axial T1")}


def public_release(folder, names="headers", uid="700100200"):
    """No modality, class, times or frame; instance UIDs that repeat in every series; RLE."""
    rows = set()
    for full in study():
        if int(full.SeriesNumber) not in RELEASED:
            continue
        series, name, kind = RELEASED[int(full.SeriesNumber)]
        image = Dataset()
        for element in full:
            if element.keyword in KEPT:
                image.add(element)
        number = int(full.InstanceNumber)
        image.StudyInstanceUID, image.SeriesInstanceUID = uid, f"{uid}.{series}"
        image.PatientID, image.FrameOfReferenceUID = uid, f"1.2.3.{series}"
        image.file_meta = FileMetaDataset()
        image.file_meta.TransferSyntaxUID = full.file_meta.TransferSyntaxUID
        image.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.4.1"
        image.is_little_endian, image.is_implicit_VR = True, False
        image.SOPInstanceUID = image.file_meta.MediaStorageSOPInstanceUID = f"{uid}.1.{number}"
        image.compress(RLELossless)
        image.SOPInstanceUID = image.file_meta.MediaStorageSOPInstanceUID = f"{uid}.1.{number}"
        if names == "headers":
            image.SeriesDescription = name
        place = folder / "images" / uid / series
        place.mkdir(parents=True, exist_ok=True)
        image.save_as(place / f"{number}.dcm", write_like_original=True)
        rows.add((uid, series, kind))
    if names == "table":
        with open(folder / "series.csv", "w", newline="") as file:
            csv.writer(file).writerows([("study_id", "series_id", "series_description"), *sorted(rows)])


def release_of(folder, count):
    """`count` studies in the three layouts of releases; returns the IDs of their patients."""
    first = "700100200"
    patients = []
    for layout, names in (("by_series", "headers"), ("flat", "headers"), ("with_table", "table")):
        public_release(folder / "made" / layout, names, first)
        files = sorted((folder / "made" / layout / "images" / first).rglob("*.dcm"))
        contents = [(file.parent.name, file.name, file.read_bytes()) for file in files]
        rows = []
        for number in range(count // 3):
            uid = str(int(first) + 1 + len(patients))
            patients.append(uid)
            for series, name, content in contents:
                place = folder / "tree" / layout / uid
                file = place / f"{series}_{name}" if layout == "flat" else place / series / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content.replace(first.encode(), uid.encode()))
            rows += [(uid, series, kind) for series, _, kind in RELEASED.values()]
        if names == "table":
            with open(folder / "tree" / layout / "series.csv", "w", newline="") as table:
                csv.writer(table).writerows([("study_id", "series_id", "series_description"), *rows])
    return patients
