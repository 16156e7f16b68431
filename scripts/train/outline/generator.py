# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Synthetic axial lumbar slices with labels: warped expert muscle shapes in painted anatomy."""

import argparse
from functools import lru_cache
from multiprocessing import Pool

import numpy as np
from scipy import ndimage

from . import abdomen, held_out, muscles, sources, spine
from .acquisition import acquire
from .scene import CANVAS, NoiseBank, Scene, draw_tissues
from .shapes import load_shapes, muscle_shape

# Levels from the middle of a body to the disc below it.
LEVEL_CHANCES = {2: 0.2, 3: 0.35, 4: 0.3, 5: 0.15}
# Area of multifidus in that of the four muscles by level: the Dixon volumes slice by slice, expert pairs for L4/5.
MULTIFIDUS_SHARE = {2: (0.10, 0.20), 3: (0.13, 0.32), 4: (0.20, 0.50), 5: (0.36, 0.72)}
# How often the shape is one of the many of L4/5, reshaped to the level, not one of the few that were drawn there.
L45_CHANCE = {2: 0.2, 3: 0.35, 4: 0.7, 5: 0.6}
LEVEL_SOURCES = {"dixon": 0.5, "drawn": 0.4, "t1like": 0.1}
T1_LIKE_CHANCE = 0.12
# Width of the muscle group, mm: 58 Dixon slices 103-151, median 138; t1like 97-148; expert pairs 120-153.
GROUP_WIDTH_MM = (138.0, 13.0)
GROUP_WIDTH_LIMITS_MM = (100.0, 178.0)
# Of the spacing in the header, and of shapes from images whose spacing is nominal.
SCALE_ERROR = 0.08
SMALLEST_PARASPINAL_PIXELS = 600


def _frame_coordinates(rng, noise_bank, unit_pixels):
    """Frame coordinates of every canvas pixel: rotation, elastic wobble, stretch, shear, asymmetry."""
    angle = np.deg2rad(np.clip(rng.normal(0, 5), -15, 15))
    center_x = CANVAS * np.clip(rng.normal(0.5, 0.03), 0.40, 0.60)
    center_y = CANVAS * np.clip(rng.normal(0.66, 0.05), 0.5, 0.8)
    rows, columns = np.mgrid[0:CANVAS, 0:CANVAS].astype(np.float32)
    dx, dy = (columns - center_x) / unit_pixels, (rows - center_y) / unit_pixels
    coarse, fine = rng.uniform(0.004, 0.02), rng.uniform(0.002, 0.008)

    def wobble():
        return coarse * noise_bank.cut(rng, 50) + fine * noise_bank.cut(rng, 12)

    x = np.cos(angle) * dx + np.sin(angle) * dy + wobble()
    y = (-np.sin(angle) * dx + np.cos(angle) * dy + wobble()) / rng.uniform(0.85, 1.2)
    x = x + rng.normal(0, 0.05) * y
    asymmetry = rng.normal(0, 0.04)
    return np.where(x > 0, x * (1 + asymmetry), x * (1 - asymmetry)), y


def _draw_shape(rng, shapes, level):
    """A shape whose multifidus has a share that the level allows, and by what factor to narrow its multifidus."""
    lowest, highest = MULTIFIDUS_SHARE[level]
    fitting = {
        source: [shape for shape in shapes[source] if lowest <= shape.multifidus_share <= highest]
        for source in LEVEL_SOURCES
    }
    found = [source for source in LEVEL_SOURCES if fitting[source]]
    if rng.random() < L45_CHANCE[level] or not found:
        shape = shapes["l45"][rng.integers(len(shapes["l45"]))]
        return shape, shape.narrowing_for(rng.uniform(lowest, highest))
    weights = np.array([LEVEL_SOURCES[source] for source in found])
    candidates = fitting[rng.choice(found, p=weights / weights.sum())]
    return candidates[rng.integers(len(candidates))], rng.uniform(0.85, 1.15)


def _warp_shape(scene, shape, narrowing):
    """Muscle labels on the canvas: multifidus narrower or wider, erector spinae filling the rest of the width."""
    u = scene.rng.uniform
    # Where multifidus is narrow it is flat too: 22 mm at L2, 40 mm at L4/5 in the Dixon volumes.
    stretch = u(0.9, 1.1) * min(narrowing, 1.0) ** 0.25
    edge = min(shape.mf_edge * narrowing, 0.36)
    distance = np.abs(scene.x)
    outer = shape.mf_edge + (distance - edge) * (0.5 - shape.mf_edge) / (0.5 - edge)
    mirrored = scene.chance(0.5)
    x = np.sign(scene.x) * np.where(distance < edge, distance * shape.mf_edge / edge, outer) * (-1 if mirrored else 1)
    y = scene.y / stretch
    scene.top, scene.bottom, scene.es_top = shape.top * stretch, shape.bottom * stretch, shape.es_top * stretch
    scene.half_gap, scene.mf_edge = shape.half_gap * edge / shape.mf_edge, edge

    points = [shape.origin[k] + shape.width * (x * shape.x_axis[k] + y * shape.y_axis[k]) for k in (1, 0)]
    soft = [ndimage.map_coordinates(mask.astype(np.float32), points, order=1) for mask in shape.masks]
    if mirrored:
        soft = [soft[k] for k in (1, 0, 3, 2)]
    return np.where(np.sum(soft, axis=0) > 0.5, np.argmax(soft, axis=0) + 1, 0).astype(np.uint8)


def generate(rng, noise_bank, shapes):
    """One slice: image uint16 (CANVAS, CANVAS) at 1 mm, labels uint8, field of view (4 pixel limits)."""
    level = int(rng.choice(list(LEVEL_CHANCES), p=list(LEVEL_CHANCES.values())))
    shape, narrowing = _draw_shape(rng, shapes, level)
    width_mm = np.clip(rng.normal(*GROUP_WIDTH_MM), *GROUP_WIDTH_LIMITS_MM)
    unit_pixels = width_mm * np.exp(rng.uniform(-SCALE_ERROR, SCALE_ERROR))
    x, y = _frame_coordinates(rng, noise_bank, unit_pixels)
    tissues = draw_tissues(rng, t1_like=rng.random() < T1_LIKE_CHANCE)
    scene = Scene(rng, noise_bank, x, y, unit_pixels, 1 / width_mm, level, tissues)
    muscle_labels = _warp_shape(scene, shape, narrowing)
    if (muscle_labels > 0).sum() < SMALLEST_PARASPINAL_PIXELS:
        return generate(rng, noise_bank, shapes)
    return _paint(scene, muscle_labels)


def _paint(scene, muscle_labels):
    """Paint from the outside in, then acquire."""
    fat_depth = np.exp(scene.rng.uniform(np.log(0.03), np.log(0.45)))
    body, half_width, half_depth = abdomen.body_distance(scene, fat_depth)
    layout = spine.draw_spine_layout(scene)
    abdomen.paint_skin_and_fat(scene, body)
    cavity = abdomen.paint_cavity(scene, layout, half_width, half_depth)
    abdomen.paint_solid_organs(scene, layout, cavity)
    abdomen.paint_bowel(scene, layout, cavity)
    abdomen.paint_kidneys(scene, layout, cavity)
    abdomen.paint_pelvis(scene, body)
    muscles.paint_lateral_sheet(scene)
    muscles.paint_quadratus_lumborum(scene)
    abdomen.paint_crura(scene, layout)
    abdomen.paint_iliac_vessels(scene, layout)
    muscles.paint_psoas(scene, layout)
    abdomen.paint_great_vessels(scene, layout)
    spine.paint_arch(scene, layout)
    spine.paint_vertebral_body(scene, layout)
    spine.paint_canal(scene, layout)
    muscles.paint_paraspinal(scene, muscle_labels)
    image, field_of_view = acquire(scene, layout, body, scene.bottom + fat_depth)
    return image, scene.labels, field_of_view


@lru_cache(maxsize=1)
def _all_shapes(data, left_out):
    drawn = [*sources.load_redrawn(data), *sources.load_corrected(data)]
    drawn = [muscle_shape(one.labels) for one in drawn if not left_out.has(one)]
    return load_shapes(data, left_out) | {"drawn": [shape for shape in drawn if shape]}


def _generate_block(task):
    data, fold, seed, count = task
    rng = np.random.default_rng(seed)
    noise_bank, shapes = NoiseBank(rng), _all_shapes(data, held_out.left_out(fold))
    return [generate(rng, noise_bank, shapes) for _ in range(count)]


def generate_many(data, fold, seed, count, workers):
    """Arrays image, labels, field_of_view of count slices; the same for any number of workers."""
    block = 100
    tasks = [(data, fold, [seed, k], min(block, count - k)) for k in range(0, count, block)]
    with Pool(workers) as pool:
        slices = [one for result in pool.imap(_generate_block, tasks) for one in result]
    images, labels, fields = map(np.stack, zip(*slices))
    return {"image": images, "labels": labels, "field_of_view": fields}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--fold", choices=held_out.NAMES, help="leave out the shapes of that fold")
    parser.add_argument("--output", required=True, help="NPZ file")
    options = parser.parse_args()
    np.savez(options.output, **generate_many(options.data, options.fold, options.seed, options.count, options.workers))


if __name__ == "__main__":
    main()
