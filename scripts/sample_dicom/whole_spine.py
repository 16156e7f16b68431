# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""A study of patient A from L1 to S1, in one stack or in a block a disc, and its true volumes. Not in sample_dicom/."""

from dataclasses import replace
from itertools import combinations

import numpy as np

from .acquisition import Plane, acquire, truth
from .dicom_file import mr_dataset, write
from .patients import PATIENT_A
from .scene import Scene
from .studies import AXIAL_A, SAGITTAL_A, planes
from .truth import STRUCTURES

LUMBAR = ("L1", "L2", "L3", "L4", "L5")
STACK_FIRST_MM, STACK_STEP_MM, STACK_SLICES = 100.0, 8.0, 23
BLOCK_STEP_MM, BLOCK_SLICES = 5.0, 5
_MUSCLES = (1, 2, 3, 4, 6, 7)
_TRUTH_STEP_MM, _TRUTH_PIXEL_MM, _TRUTH_REACH_MM = 2.0, 1.0, 115.0


def endplate(scene, name):
    """Point and unit normal (to the head) of an inferior endplate, patient coordinates."""
    point, normal = scene.spine.named(name).inferior_endplate()
    return scene.to_patient(point), scene.direction_to_patient(normal)


def _plane(point, normal, offset_mm, protocol):
    left = np.array([1.0, 0, 0]) - normal[0] * normal
    left /= np.linalg.norm(left)
    back = np.cross(normal, left)
    half_columns = (protocol.columns - 1) / 2 * protocol.column_mm
    half_rows = (protocol.rows - 1) / 2 * protocol.row_mm
    origin = point + 2.0 * back + offset_mm * normal - half_columns * left - half_rows * back
    axes = [tuple(np.round(v, 9) + 0.0) for v in (origin, left, back)]
    return Plane(*axes, protocol.row_mm, protocol.column_mm, protocol.rows, protocol.columns, protocol.thickness_mm)


def axial_planes(scene, kind):
    """kind "stack": parallel to the endplate of L3, 4 mm thick, 8 mm apart; "blocks": five at each endplate."""
    if kind == "stack":
        offsets = STACK_FIRST_MM - STACK_STEP_MM * np.arange(STACK_SLICES)
        return [_plane(*endplate(scene, "L3"), offset, AXIAL_A) for offset in offsets]
    offsets = BLOCK_STEP_MM * (BLOCK_SLICES // 2 - np.arange(BLOCK_SLICES))
    return [_plane(*endplate(scene, name), offset, AXIAL_A) for name in LUMBAR for offset in offsets]


def write_study(folder, kind):
    """Writes the DICOM files of the study; returns the CSA (cm2) of each axial slice by instance number, as drawn."""
    scene, areas = Scene(PATIENT_A), {}
    axial = replace(AXIAL_A, description=f"t2_tse_tra {kind}")
    series = [(SAGITTAL_A, planes(scene, SAGITTAL_A)), (axial, axial_planes(scene, kind))]
    for protocol, slices in series:
        for number, plane in enumerate(slices, start=1):
            rng = np.random.Generator(np.random.PCG64([PATIENT_A.seed, protocol.series_number, number]))
            pixels = acquire(scene, plane, protocol.weighting, protocol.noise, protocol.saturation_mm, rng)
            dataset = mr_dataset(PATIENT_A, protocol, number, plane, pixels)
            write(dataset, folder / f"{protocol.series_number}" / f"{number}")
            if protocol is axial:
                labels, _ = truth(scene, plane)
                inside = np.isin(labels, _MUSCLES[:4]).sum()
                areas[number] = float(inside * plane.row_mm * plane.column_mm / 100)
    return areas


def true_volumes():
    """Volume (cm3) of every muscle between each pair of endplates, from the drawing, 2 x 1 x 1 mm."""
    scene = Scene(PATIENT_A)
    ends = {name: endplate(scene, name) for name in LUMBAR}
    grid = replace(AXIAL_A, rows=220, columns=220, row_mm=_TRUTH_PIXEL_MM, column_mm=_TRUTH_PIXEL_MM)
    volumes = {(a, b, label): 0 for a, b in combinations(LUMBAR, 2) for label in _MUSCLES}
    for offset in np.arange(-_TRUTH_REACH_MM, _TRUTH_REACH_MM, _TRUTH_STEP_MM):
        plane = _plane(*ends["L3"], offset, grid)
        labels = truth(scene, plane)[0].ravel()
        points = np.stack(plane.points())
        above = {name: (normal @ (points - point[:, None])) > 0 for name, (point, normal) in ends.items()}
        for upper, lower in combinations(LUMBAR, 2):
            inside = ~above[upper] & above[lower]
            for label in _MUSCLES:
                volumes[upper, lower, label] += int((inside & (labels == label)).sum())
    voxel_cm3 = _TRUTH_STEP_MM * _TRUTH_PIXEL_MM**2 / 1000
    return {(a, b, STRUCTURES[label]): count * voxel_cm3 for (a, b, label), count in volumes.items()}
