# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Contact sheets of slices with their outlines, for looking at."""

import argparse

import cv2
import numpy as np
from PIL import Image

# One colour (RGB) per channel.
COLOURS = np.array(
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

GREYS = 64


def with_outlines(image, labels):
    """RGB picture of a slice, each label's border in its colour."""
    bright = np.clip(image / max(np.percentile(image, 99), 1e-6), 0, 1) * 255
    picture = np.repeat(bright.astype(np.uint8)[..., None], 3, axis=2)
    for channel in np.unique(labels[labels > 0]):
        mask = (labels == channel).astype(np.uint8)
        border = mask - cv2.erode(mask, np.ones((3, 3), np.uint8))
        picture[border > 0] = COLOURS[channel]
    return picture


def sheet(pictures, columns):
    """Pictures of equal size side by side, columns to a row."""
    blank = np.zeros_like(pictures[0])
    pictures = list(pictures) + [blank] * (-len(pictures) % columns)
    return np.vstack([np.hstack(pictures[k : k + columns]) for k in range(0, len(pictures), columns)])


def write_small_png(picture, path):
    """Write with a palette of GREYS greys and the outline colours, which halves the file."""
    greys = np.repeat(np.linspace(0, 255, GREYS).astype(np.uint8)[:, None], 3, axis=1)
    palette = Image.new("P", (1, 1))
    palette.putpalette(np.concatenate([greys, COLOURS[1:]]).tobytes())
    Image.fromarray(picture).quantize(palette=palette, dither=Image.Dither.NONE).save(path, optimize=True)


def main():
    parser = argparse.ArgumentParser(description="Contact sheet of generated slices (an NPZ of generator.py).")
    parser.add_argument("slices")
    parser.add_argument("output", help="PNG file")
    parser.add_argument("--count", type=int, default=16)
    parser.add_argument("--columns", type=int, default=8)
    options = parser.parse_args()
    slices = np.load(options.slices)
    pictures = []
    for image, labels in zip(slices["image"][: options.count], slices["labels"]):
        pictures.append(np.vstack([with_outlines(image, labels * 0), with_outlines(image, labels)]))
    write_small_png(sheet(pictures, options.columns), options.output)


if __name__ == "__main__":
    main()
