# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Structure sets (RTSTRUCT) over the sample study, as planning systems and viewers write them."""
import numpy
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRLittleEndian, generate_uid

from answers import measured, ran
from recipes import AT_L3, SAMPLES, axial, study

STRUCTURE_SET = "1.2.840.10008.5.1.4.1.1.481.3"


def box(left, right, top, bottom):
    """Corners by column and row of pixel centers."""
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


BOXES = {"MF R": [box(103.5, 123.5, 175.5, 209.5)], "MF L": [box(131.5, 151.5, 175.5, 209.5)],
         "ES R": [box(60.5, 100.5, 170.5, 210.5)], "ES L": [box(154.5, 194.5, 170.5, 210.5)],
         "VB": [box(105.5, 150.5, 100.5, 145.5)]}
HALVES = {"ES R": [box(60.5, 82.5, 170.5, 210.5), box(78.5, 100.5, 170.5, 210.5)],
          "ES L": [box(154.5, 176.5, 170.5, 210.5), box(172.5, 194.5, 170.5, 210.5)]}


def contour(image, corners, kind):
    along = numpy.array(image.ImageOrientationPatient, float)
    side = float(image.PixelSpacing[0])
    places = numpy.asarray(corners, float) * side
    points = numpy.array(image.ImagePositionPatient, float) \
        + numpy.outer(places[:, 0], along[:3]) + numpy.outer(places[:, 1], along[3:])
    drawn, shown = Dataset(), Dataset()
    drawn.ContourGeometricType, drawn.NumberOfContourPoints = kind, len(points)
    drawn.ContourData = [f"{value:.4f}" for value in points.ravel()]
    shown.ReferencedSOPClassUID, shown.ReferencedSOPInstanceUID = image.SOPClassUID, image.SOPInstanceUID
    drawn.ContourImageSequence = Sequence([shown])
    return drawn


def structure_set(file, structures, kind="CLOSED_PLANAR"):
    image = next(image for image in axial(study()) if image.SOPInstanceUID == AT_L3)
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID, meta.TransferSyntaxUID = STRUCTURE_SET, ExplicitVRLittleEndian
    meta.MediaStorageSOPInstanceUID = generate_uid(entropy_srcs=[file.name])
    names, contours = [], []
    for number, (name, shapes) in enumerate(structures.items(), 1):
        named, drawn = Dataset(), Dataset()
        named.ROINumber, named.ROIName = number, name
        named.ReferencedFrameOfReferenceUID = image.FrameOfReferenceUID
        drawn.ReferencedROINumber = number
        drawn.ContourSequence = Sequence([contour(image, shape, kind) for shape in shapes])
        names.append(named)
        contours.append(drawn)
    whole = FileDataset(str(file), Dataset(), file_meta=meta, preamble=b"\0" * 128)
    whole.SOPClassUID, whole.SOPInstanceUID = STRUCTURE_SET, meta.MediaStorageSOPInstanceUID
    whole.Modality, whole.StudyInstanceUID = "RTSTRUCT", image.StudyInstanceUID
    whole.SeriesInstanceUID = generate_uid(entropy_srcs=["drawn"])
    whole.StructureSetROISequence, whole.ROIContourSequence = Sequence(names), Sequence(contours)
    whole.is_little_endian, whole.is_implicit_VR = True, False
    file.parent.mkdir(parents=True, exist_ok=True)
    whole.save_as(file, write_like_original=False)
    return file


def check_drawings(program, folder, complain):
    """Contours that overlap or repeat are united; what says no structure is none."""
    twice = {name: shapes * 2 for name, shapes in BOXES.items()}
    holed = {**BOXES, "VB": BOXES["VB"] + [box(115.5, 125.5, 110.5, 120.5)]}
    hole_cm2 = 10 * 10 * (float(axial(study())[0].PixelSpacing[0]) / 10) ** 2
    areas = {}
    for name, structures, kind in (("plain", BOXES, "CLOSED_PLANAR"),
                                   ("overlap", {**BOXES, **HALVES}, "CLOSED_PLANAR"),
                                   ("twice", twice, "CLOSED_PLANAR"),
                                   ("hole", holed, "CLOSED_PLANAR"),
                                   ("excluded", holed, "CLOSEDPLANAR_XOR")):
        drawn = structure_set(folder / f"{name}.dcm", structures, kind)
        rows = measured(program, SAMPLES / "patient_a", "--outlines", drawn)
        areas[name] = [float(rows[0][key] or 0) for key in ("csa_cm2", "vb_cm2")]
        hole = hole_cm2 if name in ("hole", "excluded") else 0
        expected = [areas["plain"][0], areas["plain"][1] - hole]
        if areas["plain"][1] == 0 or not numpy.allclose(areas[name], expected, atol=0.002):
            complain(f"contours: {name}", rows)
    drawn = structure_set(folder / "body.dcm", {**BOXES, "BODY": [box(5.5, 250.5, 5.5, 250.5)]})
    refused = ran(program, "measure", SAMPLES / "patient_a", "--outlines", drawn)
    if refused.returncode != 4 or "names that say no structure: number 6" not in refused.stderr:
        complain("BODY", [])
    ran(program, "measure", SAMPLES / "patient_a", "-o", folder / "own", "-q")
    (fat,) = (folder / "own").rglob("fat.nii.gz")
    refused = ran(program, "measure", SAMPLES / "patient_a", "--outlines", fat)
    if refused.returncode == 0 or "fat" not in refused.stderr:
        complain("fat.nii.gz as outlines", [])
