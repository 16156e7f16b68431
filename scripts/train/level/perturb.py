# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Studies made harder in known ways; their truth moves with them."""

import cv2
import numpy as np

from .deform import smooth_field, squeeze

BODY_NAMES = ("L5", "L4", "L3", "L2", "L1")


def _grid(study):
    rows, columns = np.mgrid[: study.slices.shape[1], : study.slices.shape[2]].astype(np.float32)
    return rows, columns


def _moved(points, y, x):
    """Where points (row, column) of the source lie in an image whose pixel (r, c) shows source (y[r, c], x[r, c])."""
    places = []
    dy, dx = np.gradient(y), np.gradient(x)
    for row, column in points:
        r, c = np.unravel_index(np.argmin((y - row) ** 2 + (x - column) ** 2), y.shape)
        jacobian = np.array([[dy[0][r, c], dy[1][r, c]], [dx[0][r, c], dx[1][r, c]]])
        places.append(np.array([r, c]) + np.linalg.solve(jacobian, [row - y[r, c], column - x[r, c]]))
    return np.array(places)


def _warped(study, y, x):
    """The study seen through source coordinates, with everything that is known about it."""
    y, x = np.asarray(y, np.float32), np.asarray(x, np.float32)
    slices = [cv2.remap(one, x, y, cv2.INTER_LINEAR, borderValue=0) for one in study.slices]
    endplate = np.column_stack([study.endplate[:, 0], _moved(study.endplate[:, 1:], y, x)])
    bodies = {
        name: cv2.remap(mask.astype(np.uint8), x, y, cv2.INTER_NEAREST) > 0 for name, mask in study.bodies.items()
    }
    return study.with_slices(slices, endplate=endplate, bodies=bodies, sacrum=_moved(study.sacrum, y, x))


def rotate(rng, study):
    angle = np.deg2rad(rng.choice([-1, 1]) * rng.uniform(6, 20))
    rows, columns = _grid(study)
    center = np.array(study.slices.shape[1:]) / 2
    y, x = rows - center[0], columns - center[1]
    return _warped(
        study, center[0] + np.cos(angle) * y - np.sin(angle) * x, center[1] + np.sin(angle) * y + np.cos(angle) * x
    )


def scale(rng, study):
    """Another person's size at the same pixel spacing."""
    factor = rng.choice([rng.uniform(0.8, 0.92), rng.uniform(1.08, 1.25)])
    rows, columns = _grid(study)
    center = study.endplate[:, 1:].mean(0)
    scaled = _warped(study, center[0] + (rows - center[0]) / factor, center[1] + (columns - center[1]) / factor)
    scaled.pitch_mm = study.pitch_mm * factor
    return scaled


def _cut(study, first, end):
    """Only the rows first..end-1."""
    first, end = max(int(first), 0), min(int(end), study.slices.shape[1])
    shift = np.array([first, 0])
    endplate = study.endplate - np.array([0, first, 0])
    bodies = {name: mask[first:end] for name, mask in study.bodies.items()}
    return study.with_slices(study.slices[:, first:end], endplate=endplate, bodies=bodies, sacrum=study.sacrum - shift)


def _rows_of(study, name):
    return np.nonzero(study.bodies[name].any(1))[0]


def crop(rng, study):
    """A smaller field: the top cut somewhere between T11 and L2, and something off the bottom below S1."""
    pitch = study.pitch_mm / study.pixel_mm
    first = _rows_of(study, "L2").min() - rng.uniform(0.1, 2.5) * pitch
    end = study.sacrum[:, 0].max() + rng.uniform(0.1, 1.5) * pitch
    return _cut(study, first, end)


def sacrum_cut(rng, study):
    """The image ends above the sacrum: anywhere from below L5 to the middle of L3."""
    lowest = study.sacrum[:, 0].min()
    highest = _rows_of(study, "L3").mean()
    return _cut(study, 0, rng.uniform(highest, lowest + 2))


def noise(rng, study):
    sigma = rng.uniform(0.04, 0.10) * np.percentile(study.slices, 99)
    real = study.slices + sigma * rng.standard_normal(study.slices.shape)
    return study.with_slices(np.hypot(real, sigma * rng.standard_normal(study.slices.shape)))


def bias(rng, study):
    field = rng.uniform(0.4, 0.9) * smooth_field(rng, study.slices.shape[1:], 3)
    across = np.linspace(-1, 1, study.slices.shape[2])[None] * rng.uniform(0, 1.0)
    return study.with_slices(study.slices * np.exp(field + across)[None])


def blur(rng, study):
    sigma_mm = rng.uniform(1.0, 2.2)
    sigma = sigma_mm / study.pixel_mm
    return study.with_slices([cv2.GaussianBlur(one, (0, 0), sigma) for one in study.slices])


def contrast(rng, study):
    top = np.percentile(study.slices, 99)
    return study.with_slices((study.slices / top) ** np.exp(rng.choice([-0.5, 0.5]) * rng.uniform(0.6, 1.0)) * top)


def _soft(mask, pixel_mm):
    return cv2.GaussianBlur(mask.astype(np.float32), (0, 0), 0.8 / pixel_mm)


def dark(rng, study):
    """One or two bodies filled with cement (dark on T2), in all slices at their place in the middle one."""
    share = np.zeros(study.slices.shape[1:], np.float32)
    for name in rng.choice(BODY_NAMES, size=rng.integers(1, 3), replace=False):
        share = np.maximum(share, _soft(study.bodies[name], study.pixel_mm))
    return study.with_slices(study.slices * (1 - rng.uniform(0.6, 0.9) * share)[None])


def squeezed(rng, study):
    """One or two bodies at 40-75 % of their height."""
    y, x = _grid(study)
    places = []
    for name in BODY_NAMES:
        rows, columns = np.nonzero(study.bodies[name])
        places.append((rows.mean(), columns.mean(), rows.size / (np.ptp(columns) + 1)))
    for index in rng.choice(len(places), size=rng.integers(1, 3), replace=False):
        y, x = squeeze(rng, y, x, places, index, height=rng.uniform(0.4, 0.75))
    return _warped(study, y, x)


def front_to_back(_, study):
    """The front on the right, header unchanged."""
    rows, columns = _grid(study)
    return _warped(study, rows, study.slices.shape[2] - 1 - columns)


def left_to_right(_, study):
    """Slices in the other order."""
    endplate = study.endplate.copy()
    endplate[:, 0] = len(study.slices) - 1 - endplate[:, 0]
    middle = len(study.slices) - 1 - study.middle_slice
    return study.with_slices(study.slices[::-1], endplate=endplate, middle_slice=middle)


def upside_down(_, study):
    """Feet up, header unchanged."""
    rows, columns = _grid(study)
    return _warped(study, study.slices.shape[1] - 1 - rows, columns)


VARIANTS = {
    "rotate": rotate,
    "scale": scale,
    "crop": crop,
    "noise": noise,
    "bias": bias,
    "blur": blur,
    "contrast": contrast,
    "dark": dark,
    "squeeze": squeezed,
    "sacrum_cut": sacrum_cut,
    "flip_front_to_back": front_to_back,
    "flip_left_to_right": left_to_right,
    "flip_upside_down": upside_down,
}
