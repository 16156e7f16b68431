# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""The series of the two studies: where their slices lie and how they are taken."""

from dataclasses import dataclass

import numpy as np

from .acquisition import Plane
from .patients import PATIENT_A, PATIENT_B


@dataclass(frozen=True)
class Protocol:
    """One series; sizes in mm, times in ms."""

    description: str
    series_number: int
    weighting: str  # "T2" or "T1"
    orientation: str  # "sagittal" or "axial"
    repetition_ms: int
    echo_ms: int
    echo_train: int
    sequence_name: str
    phase_direction: str
    rows: int
    columns: int
    row_mm: float
    column_mm: float
    thickness_mm: float
    distance_mm: float
    first_mm: float  # of the first slice: from the midline to the left, or above the L3 inferior endplate
    slices: int
    saturation_mm: float  # the anterior saturation band begins this far in front of the center of L3
    noise: float  # standard deviation relative to fat
    patient_position: str = "HFS"
    seen_from_head: bool = False  # columns run to the patient's right


SAGITTAL_A = Protocol(
    description="t2_tse_sag", series_number=2, weighting="T2", orientation="sagittal",
    repetition_ms=3600, echo_ms=102, echo_train=17, sequence_name="*tse2d1_17", phase_direction="COL",
    rows=256, columns=232, row_mm=1.09375, column_mm=1.09375, thickness_mm=4.0, distance_mm=4.4,
    first_mm=-22.0, slices=11, saturation_mm=72, noise=0.012,
)  # fmt: skip
AXIAL_A = Protocol(
    description="t2_tse_tra L3", series_number=4, weighting="T2", orientation="axial",
    repetition_ms=4200, echo_ms=104, echo_train=15, sequence_name="*tse2d1_15", phase_direction="ROW",
    rows=256, columns=256, row_mm=0.859375, column_mm=0.859375, thickness_mm=4.0, distance_mm=4.4,
    first_mm=14.1, slices=5, saturation_mm=66, noise=0.012,
)  # fmt: skip
AXIAL_T1_A = Protocol(
    description="t1_tse_tra L3", series_number=5, weighting="T1", orientation="axial",
    repetition_ms=560, echo_ms=11, echo_train=3, sequence_name="*tse2d1_3", phase_direction="ROW",
    rows=256, columns=256, row_mm=0.859375, column_mm=0.859375, thickness_mm=4.0, distance_mm=4.4,
    first_mm=0.9, slices=1, saturation_mm=66, noise=0.010,
)  # fmt: skip
SAGITTAL_B = Protocol(
    description="T2W_TSE SAG", series_number=301, weighting="T2", orientation="sagittal",
    repetition_ms=3000, echo_ms=110, echo_train=22, sequence_name="TSE", phase_direction="COL",
    rows=240, columns=208, row_mm=1.2, column_mm=1.2, thickness_mm=4.5, distance_mm=5.0,
    first_mm=-20.0, slices=9, saturation_mm=76, noise=0.014, patient_position="FFS",
)  # fmt: skip
AXIAL_B = Protocol(
    description="T2W_TSE AX", series_number=401, weighting="T2", orientation="axial",
    repetition_ms=4800, echo_ms=100, echo_train=18, sequence_name="TSE", phase_direction="ROW",
    rows=256, columns=272, row_mm=0.9, column_mm=0.85, thickness_mm=4.5, distance_mm=5.0,
    first_mm=1.1, slices=1, saturation_mm=68, noise=0.014, patient_position="FFS", seen_from_head=True,
)  # fmt: skip

STUDIES = ((PATIENT_A, (SAGITTAL_A, AXIAL_A, AXIAL_T1_A)), (PATIENT_B, (SAGITTAL_B, AXIAL_B)))

_SAGITTAL_CENTER_MM = (0.0, -22.0, -12.0)  # body frame
_AXIAL_SHIFT_MM = 2.0  # of the picture's middle, to the back, from the middle of the endplate


def _centered(middle, along_columns, along_rows, protocol):
    half_columns = (protocol.columns - 1) / 2 * protocol.column_mm
    half_rows = (protocol.rows - 1) / 2 * protocol.row_mm
    origin = middle - half_columns * np.array(along_columns) - half_rows * np.array(along_rows)
    # Rounded as in the file, so that truth belongs to the geometry that is read back.
    rounded = [tuple(np.round(v, 9) + 0.0) for v in (origin, along_columns, along_rows)]
    return Plane(*rounded, protocol.row_mm, protocol.column_mm, protocol.rows, protocol.columns, protocol.thickness_mm)


def endplate(scene):
    """Point and unit normal (to the head) of the inferior endplate of L3, patient coordinates."""
    point, normal = scene.spine.named("L3").inferior_endplate()
    return scene.to_patient(point), scene.direction_to_patient(normal)


def planes(scene, protocol):
    """The slices of a series in the order they were taken: from the right, or from the head."""
    if protocol.orientation == "sagittal":
        middle = scene.to_patient(_SAGITTAL_CENTER_MM)
        offsets = protocol.first_mm + protocol.distance_mm * np.arange(protocol.slices)
        return [_centered(middle + (x, 0, 0), (0, 1, 0), (0, 0, -1), protocol) for x in offsets]
    point, normal = endplate(scene)
    left = np.array([1.0, 0, 0]) - normal[0] * normal
    left /= np.linalg.norm(left)
    back = np.cross(normal, left)
    along_columns = -left if protocol.seen_from_head else left
    offsets = protocol.first_mm - protocol.distance_mm * np.arange(protocol.slices)
    middle = point + _AXIAL_SHIFT_MM * back
    return [_centered(middle + offset * normal, along_columns, back, protocol) for offset in offsets]
