# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Contact sheets of slices with their outlines, for looking at; of real slices for docs/ the outlines alone."""

import argparse

import cv2
import numpy as np
from PIL import Image

from . import sources

# One color (RGB) per channel.
COLORS = np.array(
    [
        [0, 0, 0],
        [80, 220, 80],
        [60, 160, 255],
        [255, 80, 80],
        [255, 220, 0],
        [255, 60, 255],
        [0, 220, 220],
        [255, 140, 0],
        [190, 150, 255],
    ],
    np.uint8,
)

GRAYS = 64
REAL_PER_KIND = 2


def with_outlines(image, labels):
    """RGB picture of a slice, each label's border in its color."""
    bright = np.clip(image / max(np.percentile(image, 99), 1e-6), 0, 1) * 255
    picture = np.repeat(bright.astype(np.uint8)[..., None], 3, axis=2)
    for channel in np.unique(labels[labels > 0]):
        mask = (labels == channel).astype(np.uint8)
        border = mask - cv2.erode(mask, np.ones((3, 3), np.uint8))
        picture[border > 0] = COLORS[channel]
    return picture


def sheet(pictures, columns):
    """Pictures of equal size side by side, columns to a row."""
    blank = np.zeros_like(pictures[0])
    pictures = list(pictures) + [blank] * (-len(pictures) % columns)
    return np.vstack([np.hstack(pictures[k : k + columns]) for k in range(0, len(pictures), columns)])


def write_small_png(picture, path):
    """Write with a palette of GRAYS grays and the outline colors, which halves the file."""
    grays = np.repeat(np.linspace(0, 255, GRAYS).astype(np.uint8)[:, None], 3, axis=1)
    palette = Image.new("P", (1, 1))
    palette.putpalette(np.concatenate([grays, COLORS[1:]]).tobytes())
    Image.fromarray(picture).quantize(palette=palette, dither=Image.Dither.NONE).save(path, optimize=True)


def real_outlines(data, per_kind, shape):
    """Outlines alone of real slices, as many of the expert pairs, of Dixon, of T1-like and of the slices drawn again."""
    kinds = [sources.load_pairs(data), sources.load_dixon_drafted(data)]
    kinds += [sources.load_t1like(data), sources.load_redrawn(data)]
    chosen = [kind[(2 * k + 1) * len(kind) // (2 * per_kind)] for kind in kinds for k in range(per_kind)]
    rows, columns = ((size - part) // 2 for size, part in zip(chosen[0].labels.shape, shape))
    window = slice(rows, rows + shape[0]), slice(columns, columns + shape[1])
    return [with_outlines(np.zeros(shape), one.labels[window]) for one in chosen]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("slices", help="NPZ of generator.py")
    parser.add_argument("output", help="PNG file")
    parser.add_argument("--count", type=int, default=16)
    parser.add_argument("--columns", type=int, default=8)
    parser.add_argument("--real", help="training data: outlines of eight real slices below")
    options = parser.parse_args()
    slices = np.load(options.slices)
    pictures = []
    for image, labels in zip(slices["image"][: options.count], slices["labels"]):
        pictures.append(np.vstack([with_outlines(image, labels * 0), with_outlines(image, labels)]))
    rows = [sheet(pictures, options.columns)]
    if options.real:
        rows.append(sheet(real_outlines(options.real, REAL_PER_KIND, slices["labels"][0].shape), options.columns))
    write_small_png(np.vstack(rows), options.output)


if __name__ == "__main__":
    main()
