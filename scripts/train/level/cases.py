# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Write intact and perturbed studies as DICOM folders with truth.csv, to run the program on.

Patient coordinates (LPS, mm) of pixel (row, column) of slice k: x = k * SLICE_MM, y = column, z = -row (in mm).
"""

import argparse
import csv
import sys
from pathlib import Path
from types import SimpleNamespace

import cv2
import numpy as np

from .held_out import fold_of
from .perturb import VARIANTS
from .study import SLICE_MM, t2_studies, unlabeled_studies

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from sample_dicom import dicom_file  # noqa: E402

COLUMNS = "case,set,patient,variant,fold,sacrum_in_view,l3_x_mm,l3_y_mm,l3_z_mm,l3_nx,l3_ny,l3_nz,pitch_mm".split(",")
# A subject gets each variant once, those that matter most twice; a single slice gets this many, drawn at random.
TWICE = ("rotate", "squeeze", "sacrum_cut")
VARIANTS_PER_SLICE = 2
ENDPLATE_IN_VIEW = 0.9
SACRUM_IN_VIEW = 0.5
LARGEST_VALUE = 1000.0


def _coordinates_mm(study):
    """The endplate's points in patient coordinates."""
    k, row, column = study.endplate.T
    return np.column_stack([k * SLICE_MM, column * study.pixel_mm, -row * study.pixel_mm])


def _plane(points, middle_mm):
    """Center (in the middle of L3 from side to side) and unit normal (pointing up); no normal for a single slice."""
    center = points.mean(0)
    if np.ptp(points[:, 0]) == 0:
        return center, None
    slope_x, slope_y = np.linalg.lstsq(points[:, :2] - center[:2], points[:, 2] - center[2], rcond=None)[0]
    normal = np.array([-slope_x, -slope_y, 1.0])
    center = center + (middle_mm - center[0]) * np.array([1.0, 0.0, slope_x])
    return center, normal / np.linalg.norm(normal)


def _share_in_view(study, points):
    rows, columns = study.slices.shape[1:]
    row, column = points.T
    return float(((row >= 0) & (row < rows) & (column >= 0) & (column < columns)).mean())


def _filled(outline):
    """Points inside an outline, so that the share of its area in view can be counted."""
    low = outline.min(0)
    mask = np.zeros(np.ceil(np.ptp(outline, axis=0) + 1).astype(int), np.uint8)
    cv2.fillPoly(mask, [np.round(outline - low)[:, ::-1].astype(np.int32)], 1)
    return np.argwhere(mask) + low


def _truth(study):
    row = {"sacrum_in_view": int(_share_in_view(study, _filled(study.sacrum)) >= SACRUM_IN_VIEW)}
    row["pitch_mm"] = f"{study.pitch_mm:.2f}"
    if _share_in_view(study, study.endplate[:, 1:]) >= ENDPLATE_IN_VIEW:
        center, normal = _plane(_coordinates_mm(study), study.middle_slice * SLICE_MM)
        row |= {f"l3_{axis}_mm": f"{value:.3f}" for axis, value in zip("xyz", center)}
        if normal is not None:
            row |= {f"l3_n{axis}": f"{value:.5f}" for axis, value in zip("xyz", normal)}
    return row


def _protocol():
    return SimpleNamespace(
        sequence_name="*tse2d1_19", description="T2 TSE SAG", thickness_mm=SLICE_MM, distance_mm=SLICE_MM,
        repetition_ms=3500, echo_ms=100, echo_train=19, phase_direction="ROW", patient_position="HFS", series_number=2,
    )  # fmt: skip


def _write(study, case, folder):
    patient = SimpleNamespace(
        name="Level^Test", identifier=case, sex="O", age_years=60, height_m=1.7, weight_kg=70
    )  # fmt: skip
    gain = LARGEST_VALUE / max(np.percentile(study.slices, 99.9), 1e-6)
    for k, pixels in enumerate(study.slices):
        plane = SimpleNamespace(
            origin_mm=(k * SLICE_MM, 0.0, 0.0), along_columns=(0.0, 1.0, 0.0), along_rows=(0.0, 0.0, -1.0),
            normal=(-1.0, 0.0, 0.0), row_mm=study.pixel_mm, column_mm=study.pixel_mm,
            rows=pixels.shape[0], columns=pixels.shape[1],
        )  # fmt: skip
        values = np.clip(np.round(pixels * gain), 0, 4095).astype(np.uint16)
        dicom_file.write(
            dicom_file.mr_dataset(patient, _protocol(), k + 1, plane, values), folder / case / f"{k + 1:02d}.dcm"
        )


def cases(data, seed):
    """(case, variant, study) of everything that is tested."""
    rng = np.random.default_rng(seed)
    for study in t2_studies(data):
        yield f"t2_{study.name}_intact", "intact", study
        for variant, perturb in VARIANTS.items():
            for repeat in range(2 if variant in TWICE else 1):
                yield f"t2_{study.name}_{variant}_{repeat}", variant, perturb(rng, study)
    for file, study in unlabeled_studies(data):
        stem = f"{study.name}_{file.replace('/', '_').removesuffix('.png')}"
        yield f"{stem}_intact", "intact", study
        for variant in rng.choice([v for v in VARIANTS if v != "flip_left_to_right"], VARIANTS_PER_SLICE, False):
            yield f"{stem}_{variant}", str(variant), VARIANTS[variant](rng, study)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--output", required=True, help="folder; one sub-folder a case")
    parser.add_argument("--seed", type=int, default=2026)
    options = parser.parse_args()
    folder = Path(options.output)
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "truth.csv", "w", newline="") as file:
        table = csv.DictWriter(file, COLUMNS)
        table.writeheader()
        for case, variant, study in cases(options.data, options.seed):
            _write(study, case, folder)
            fold = fold_of(study.name)
            row = {"case": case, "set": study.set_name, "patient": study.name, "variant": variant}
            table.writerow(row | {"fold": -1 if fold is None else fold} | _truth(study))


if __name__ == "__main__":
    main()
