# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Small files that must be refused, each with one thing wrong; tests/broken_dicom/README.md lists them."""

import copy
from pathlib import Path

import numpy as np
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from .acquisition import Plane
from .dicom_file import mr_dataset, uid, write
from .patients import PATIENT_A
from .studies import AXIAL_A

SIDE = 32  # pixels, the fewest that are not refused as a thumbnail
_SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7"
_CT = "1.2.840.10008.5.1.4.1.1.2"
_RT_STRUCTURE_SET = "1.2.840.10008.5.1.4.1.1.481.3"


def _disc(side):
    """A bright disc on gray, so that the image itself is no reason to refuse."""
    row, column = np.mgrid[:side, :side] - (side - 1) / 2
    return (300 + 400 * (np.hypot(row, column) < side / 3) + row + 2 * column).clip(0).astype(np.uint16)


def _intact(name, pixels=None):
    """An axial T2 image with nothing wrong, in a study of its own."""
    pixels = _disc(SIDE) if pixels is None else pixels
    plane = Plane((-100.0, -100.0, 0.0), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), 6.25, 6.25, *pixels.shape, 4.0)
    dataset = mr_dataset(PATIENT_A, AXIAL_A, 1, plane, pixels)
    dataset.PatientName, dataset.PatientID = "SAMPLE^BROKEN", "sample-broken"
    dataset.StudyInstanceUID = uid("broken", name, "study")
    dataset.SeriesInstanceUID = uid("broken", name, "series")
    dataset.SOPInstanceUID = uid("broken", name)
    return dataset


def _without(keyword):
    return lambda dataset: delattr(dataset, keyword)


def _change(**values):
    def apply(dataset):
        for keyword, value in values.items():
            setattr(dataset, keyword, value)

    return apply


def _pixel_spacing_text(text):
    """Text that is no number; pydicom itself would refuse it."""

    def apply(dataset):
        dataset.PixelSpacing = [1, 1]
        dataset["PixelSpacing"]._value = text

    return apply


def _rt_structure_set(dataset):
    _change(SOPClassUID=_RT_STRUCTURE_SET, Modality="RTSTRUCT", StructureSetLabel="sample")(dataset)
    for keyword in ("PixelData", "Rows", "Columns", "BitsAllocated", "PixelSpacing"):
        delattr(dataset, keyword)
    region = Dataset()
    region.ROINumber, region.ROIName = 1, "multifidus"
    dataset.StructureSetROISequence = Sequence([region])


def _stir(dataset):
    _change(ScanningSequence=["SE", "IR"], InversionTime="160", EchoTime="60", SeriesDescription="stir_tra")(dataset)
    dataset.ProtocolName, dataset.SequenceName = "stir_tra", "*tir2d1_15"


def _t1(dataset):
    _change(RepetitionTime="560", EchoTime="11", EchoTrainLength=3, SeriesDescription="t1_tse_tra")(dataset)
    dataset.ProtocolName, dataset.SequenceName = "t1_tse_tra", "*tse2d1_3"


def _color(dataset):
    _change(SamplesPerPixel=3, PhotometricInterpretation="RGB", PlanarConfiguration=0)(dataset)
    _change(BitsAllocated=8, BitsStored=8, HighBit=7)(dataset)
    gray = (_disc(SIDE) // 4).astype(np.uint8)
    dataset.PixelData = np.repeat(gray[..., None], 3, axis=2).tobytes()


def _inverted(dataset):
    dataset.PhotometricInterpretation = "MONOCHROME1"
    dataset.PixelData = (1000 - _disc(SIDE)).astype("<u2").tobytes()


_CHANGES = {
    "missing_pixel_spacing": _without("PixelSpacing"),
    "zero_pixel_spacing": _change(PixelSpacing=["0", "0"]),
    "nan_pixel_spacing": _pixel_spacing_text("nan\\nan"),
    "missing_orientation": _without("ImageOrientationPatient"),
    "missing_study_uid": _without("StudyInstanceUID"),
    "rt_structure_set": _rt_structure_set,
    "secondary_capture": _change(SOPClassUID=_SECONDARY_CAPTURE, ConversionType="WSD", Modality="OT"),
    "ct": _change(SOPClassUID=_CT, Modality="CT", ImageType=["ORIGINAL", "PRIMARY", "AXIAL"]),
    "mosaic": _change(ImageType=["ORIGINAL", "PRIMARY", "M", "ND", "MOSAIC"]),
    "stir": _stir,
    "t1": _t1,
    "color": _color,
    "monochrome1": _inverted,
}


def _bytes_of(dataset, path):
    write(dataset, path)
    return path.read_bytes()


def _cut_files(root):
    """Files that end too early."""
    whole = _bytes_of(_intact("truncated_pixels"), root / "truncated_pixels.dcm")
    (root / "truncated_pixels.dcm").write_bytes(whole[: -SIDE * SIDE])
    whole = _bytes_of(_intact("truncated_header"), root / "truncated_header.dcm")
    # In the middle of the patient's name.
    (root / "truncated_header.dcm").write_bytes(whole[: whole.index(b"SAMPLE^BROKEN") + 4])
    huge = _intact("huge_header")
    huge.Rows = huge.Columns = 16384
    huge.PixelData = b""
    write(huge, root / "huge_header.dcm")
    (root / "empty.dcm").write_bytes(b"")
    (root / "text.dcm").write_bytes(b"This is no DICOM file, whatever its name says.\n" * 8)


def build_broken(root, readme):
    """Every file of tests/broken_dicom/."""
    root = Path(root)
    root.mkdir(parents=True, exist_ok=True)
    (root / "README.md").write_bytes(readme)
    for name, change in _CHANGES.items():
        dataset = _intact(name)
        change(dataset)
        write(dataset, root / f"{name}.dcm")
    _cut_files(root)
    write(_intact("one_pixel", np.array([[500]], np.uint16)), root / "one_pixel.dcm")
    write(_intact("constant", np.full((SIDE, SIDE), 500, np.uint16)), root / "constant.dcm")
    first = _intact("duplicate")
    second = copy.deepcopy(first)
    second.PixelData = _disc(SIDE)[::-1].astype("<u2").tobytes()
    write(first, root / "duplicate_first.dcm")
    write(second, root / "duplicate_second.dcm")
