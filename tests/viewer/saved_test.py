#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""What OHIF saved of our segmentation of the sample patient (saved_by_ohif, made by `ohif_test.py PROGRAM --save
FOLDER`) gives the numbers back: each structure has the pixels that OHIF had.
Usage: saved_test.py PROGRAM. Ends with 77 (skipped) where pydicom is absent."""

import csv
import pathlib
import subprocess
import sys
import tempfile
import unittest

try:
    import numpy
    import pydicom
except ImportError as missing:
    print(f"skipped: {missing}; scripts/install_deps test")
    sys.exit(77)

HERE = pathlib.Path(__file__).resolve().parent
PATIENT = HERE.parent.parent / "sample_dicom" / "patient_a"
SEGMENTATION = HERE / "saved_by_ohif" / "segmentation.dcm"


def pixels_saved():
    """Pixels of each structure in OHIF's label map."""
    saved = pydicom.dcmread(SEGMENTATION)
    labels = saved.pixel_array
    counts = {one.SegmentLabel: int(numpy.count_nonzero(labels == one.SegmentNumber)) for one in saved.SegmentSequence}
    fat = counts.pop("intramuscular_fat")
    assert fat > 0 and len(counts) == 7
    return counts


class Saved(unittest.TestCase):
    program = None

    def pixels_measured(self, outlines):
        with tempfile.TemporaryDirectory() as folder:
            command = [self.program, "measure", PATIENT, "-o", folder, "--write", "csv", "--outlines", outlines]
            subprocess.run(command, check=True, capture_output=True)
            lines = csv.DictReader((pathlib.Path(folder) / "muscles.csv").read_text().splitlines())
            return {"_".join(filter(None, (one["structure"], one["side"]))): int(one["pixels"]) for one in lines}

    def test_a_segmentation_gives_its_pixels_back(self):
        self.assertEqual(self.pixels_measured(SEGMENTATION), pixels_saved())


if __name__ == "__main__":
    Saved.program = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
