# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""The axial series of the sample study as NIfTI, with the affines that converters write."""
import gzip
import struct

import numpy

from answers import PLAIN, batched, failed_with, measured, ran
from recipes import AT_L3, axial, study


def stack():
    return sorted(axial(study()), key=lambda image: float(image.SliceLocation))


def affine_of(slices, first=0):
    """From voxels to millimeters (RAS) of the stack, with slice `first` as the first."""
    begin, end = slices[0], slices[-1]
    along = numpy.array(begin.ImageOrientationPatient, float)
    place = numpy.array(begin.ImagePositionPatient, float)
    side = float(begin.PixelSpacing[0])
    step = (numpy.array(end.ImagePositionPatient, float) - place) / (len(slices) - 1)
    affine = numpy.column_stack([along[:3] * side, along[3:] * side, step, place + first * step])
    affine[:2] *= -1
    return affine


def mirrored_quaternion(affine):
    """The qform of a plane whose columns run the other way: qfac and the quaternion's b, c, d."""
    turn = affine[:, :3] / numpy.linalg.norm(affine[:, :3], axis=0)
    turn[:, 0] *= -1
    factor = 1.0 if numpy.linalg.det(turn) > 0 else -1.0
    turn[:, 2] *= factor
    values, vectors = numpy.linalg.eigh(numpy.array(
        [[turn[0, 0] - turn[1, 1] - turn[2, 2], 0, 0, 0],
         [turn[0, 1] + turn[1, 0], turn[1, 1] - turn[0, 0] - turn[2, 2], 0, 0],
         [turn[0, 2] + turn[2, 0], turn[1, 2] + turn[2, 1], turn[2, 2] - turn[0, 0] - turn[1, 1], 0],
         [turn[2, 1] - turn[1, 2], turn[0, 2] - turn[2, 0], turn[1, 0] - turn[0, 1], numpy.trace(turn)]]))
    quaternion = vectors[:, values.argmax()]
    return factor, quaternion[:3] * numpy.copysign(1, quaternion[3])


def nifti(file, slices, affine, codes=(0, 1), qform=None, slope=1.0):
    sizes = numpy.linalg.norm(affine[:, :3], axis=0)
    header = bytearray(352)
    struct.pack_into("<i", header, 0, 348)
    struct.pack_into("<8h", header, 40, 3, 256, 256, len(slices), 1, 1, 1, 1)
    struct.pack_into("<hh", header, 70, 4, 16)
    struct.pack_into("<8f", header, 76, qform[0] if qform else 1, *sizes, 1, 1, 1, 1)
    struct.pack_into("<3f", header, 108, 352, slope, 0)
    header[123] = 2
    struct.pack_into("<hh", header, 252, *codes)
    if qform:
        struct.pack_into("<6f", header, 256, *qform[1], *affine[:, 3])
    struct.pack_into("<12f", header, 280, *affine.ravel())
    header[344:348] = b"n+1\0"
    file.parent.mkdir(parents=True, exist_ok=True)
    pixels = b"".join(image.pixel_array.astype("<i2").tobytes() for image in slices)
    with gzip.open(file, "wb") as compressed:
        compressed.write(bytes(header) + pixels)


def check_axes(program, folder, complain):
    """Axes that are slightly off are read; forms that name different sides are not."""
    slices = stack()
    level = next(place for place, image in enumerate(slices) if image.SOPInstanceUID == AT_L3)
    one, affine = [slices[level]], affine_of(slices, level)
    tilted = affine.copy()
    tilted[:, 0] += 0.0003 * tilted[:, 1]
    shifted = affine_of(slices)
    shifted[:, 2] += 0.8 * shifted[:, 1] / numpy.linalg.norm(shifted[:, 1])
    for name, content, matrix in (("exact", one, affine), ("rounded", one, affine.round(3)),
                                  ("tilted", one, tilted), ("shifted", slices, shifted)):
        nifti(folder / name / "t2.nii.gz", content, matrix)
        options = ()
        if len(content) > 1:
            told = ran(program, "inspect", folder / name, "--slices").stdout
            options = ("--slice", next(word for word in told.split() if word.endswith(f"#{level + 1}")))
        rows = measured(program, folder / name, *options)
        if len(rows) != 1 or not rows[0]["csa_cm2"] \
                or abs(float(rows[0]["csa_cm2"]) - PLAIN["csa_cm2"]) > 0.1:
            complain(f"NIfTI axes: {name}", rows)
    nifti(folder / "sides" / "t2.nii.gz", one, affine, (1, 2), mirrored_quaternion(affine))
    rows = measured(program, folder / "sides")
    if len(rows) != 1 or not failed_with(rows[0], "missing_geometry"):
        complain("NIfTI forms that disagree about sides", rows)


def check_names(program, folder, complain):
    """Each row says which file it is of, however that was typed and whatever lies beside it."""
    slices = stack()
    level = next(place for place, image in enumerate(slices) if image.SOPInstanceUID == AT_L3)
    one, affine = [slices[level]], affine_of(slices, level)
    root = folder / "subjects"
    for name, codes, slope in (("sub-01", (0, 1), 1.0), ("sub-02", (0, 1), 0.5), ("sub-03", (0, 0), 1.0)):
        nifti(root / name / "anat" / "t2.nii.gz", one, affine, codes, slope=slope)
    (root / "sub-01" / "anat" / "._t2.nii.gz").write_bytes(b"\0\5\x16\7\0\2\0\0Mac OS X" + b"\0" * 120)
    rows, skipped, code = batched(program, root, folder / "subjects_out")
    typed = measured(program, root / "sub-01" / ".." / "sub-01" / "anat")
    if [row["patient_id"] for row in rows] != ["sub-01", "sub-02", "sub-03"] \
            or any(not row["source_file"].endswith("anat/t2.nii.gz") for row in rows) \
            or len({row["study_uid"] for row in rows}) != 3 \
            or [row["study_uid"] for row in typed] != [rows[0]["study_uid"]]:
        complain("NIfTI rows without a name", rows + typed)
    if rows[2]["reason"] != "missing_geometry" or code != 8 \
            or [entry["file"].endswith("._t2.nii.gz") for entry in skipped] != [True]:
        complain("NIfTI without a place, and a shadow of a file", rows)
