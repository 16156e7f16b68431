# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""What a perfect reader would measure on every axial slice, and where everything is."""

import numpy as np

from .acquisition import truth
from .patients import LEVELS
from .studies import endplate

STRUCTURES = {
    1: "multifidus_right", 2: "multifidus_left", 3: "erector_spinae_right", 4: "erector_spinae_left",
    5: "vertebral_body", 6: "psoas_right", 7: "psoas_left",
}  # fmt: skip
_MUSCLES = (1, 2, 3, 4)
_REFINED = 4  # times finer than the slice, for the area of the shape itself


def _rounded(values, digits=4):
    return [round(float(v), digits) + 0.0 for v in values]


def _structures(labels, fat, fine_labels, fine_fat, pixel_mm2):
    result = {}
    for label, name in STRUCTURES.items():
        here, fine = labels == label, fine_labels == label
        entry = {
            "area_mm2": round(float(here.sum() * pixel_mm2), 3),
            "shape_area_mm2": round(float(fine.sum() * pixel_mm2 / _REFINED**2), 3),
        }
        if label in _MUSCLES:
            entry["fat_area_mm2"] = round(float((fat[here] > 0.5).sum() * pixel_mm2), 3)
            entry["fat_fraction"] = round(float(fine_fat[fine].mean()), 5)
        result[name] = entry
    return result


def _totals(structures):
    names = [STRUCTURES[label] for label in _MUSCLES]
    area = sum(structures[n]["area_mm2"] for n in names)
    fat = sum(structures[n]["fat_area_mm2"] for n in names)
    share = sum(structures[n]["fat_fraction"] * structures[n]["shape_area_mm2"] for n in names)
    share /= sum(structures[n]["shape_area_mm2"] for n in names)
    return {
        "csa_cm2": round(area / 100, 4),
        "fa_cm2": round(fat / 100, 4),
        "fdr_pct": round(100 * fat / area, 3),
        "fat_fraction_pct": round(100 * share, 3),
        "vb_cm2": round(structures["vertebral_body"]["area_mm2"] / 100, 4),
    }


def _block_mean(values):
    rows, columns = values.shape
    return values.reshape(rows // _REFINED, _REFINED, columns // _REFINED, _REFINED).mean(axis=(1, 3))


def slice_truth(scene, plane):
    """Label map of a slice, and the numbers that follow from it."""
    labels, _ = truth(scene, plane)
    fine_labels, fine_fat = truth(scene, plane.refined(_REFINED))
    fat = _block_mean(fine_fat)
    point, normal = endplate(scene)
    middle = np.array([np.median(axis) for axis in plane.points()])
    sine, cosine = np.linalg.norm(np.cross(plane.normal, normal)), abs(np.dot(plane.normal, normal))
    structures = _structures(labels, fat, fine_labels, fine_fat, plane.row_mm * plane.column_mm)
    return labels, {
        "pixel_row_mm": plane.row_mm,
        "pixel_col_mm": plane.column_mm,
        "offset_above_l3_inferior_endplate_mm": round(float(np.dot(middle - point, normal)), 3),
        "tilt_to_l3_inferior_endplate_deg": round(float(np.degrees(np.arctan2(sine, cosine))), 3),
        "structures": structures,
        "expected": _totals(structures),
    }


def patient_truth(scene):
    """Landmarks in patient coordinates (LPS, mm)."""
    point, normal = endplate(scene)
    shown = [v for v in scene.spine.vertebrae if v.name in LEVELS[1:-1]]  # inside the sagittal pictures
    centers = {v.name: _rounded(scene.to_patient((0.0, *v.center_yz_mm)), 3) for v in shown}
    return {
        "l3_inferior_endplate_point_lps_mm": _rounded(point, 3),
        "l3_inferior_endplate_normal_lps": _rounded(normal, 6),
        "vertebra_centres_lps_mm": centers,
    }
