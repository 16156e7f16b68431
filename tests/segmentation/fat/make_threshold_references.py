#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Writes threshold_references.csv: histograms with the thresholds of ImageJ and scikit-image.

Needs the Debian packages imagej, xvfb and python3-skimage. Each threshold is the brightest level
that is still background. scikit-image counts li from the darkest level of the image instead of
from 0, and draws the line of triangle to another place, so these two differ from ImageJ.
"""
import csv
import pathlib
import subprocess
import tempfile

import numpy as np
from skimage import filters

IMAGEJ = {"isodata": "Default", "otsu": "Otsu", "li": "Li", "triangle": "Triangle", "yen": "Yen",
          "maxentropy": "MaxEntropy"}
SIDE = 64


def histograms():
    """Images of 64 x 64 gray levels: peaks, tails, plateaus and gaps."""
    draw = np.random.default_rng(20250101)
    pixels = SIDE * SIDE
    for fat_share in (0.03, 0.1, 0.3, 0.6, 0.9):
        fat = int(fat_share * pixels)
        yield f"lean and {fat_share:g} fat", np.concatenate(
            [draw.normal(60, 10, pixels - fat), draw.normal(180, 20, fat)])
    yield "one peak", draw.normal(90, 12, pixels)
    yield "dark peak with tail", 30 + draw.exponential(25, pixels)
    yield "bright peak with tail", 230 - draw.exponential(25, pixels)
    yield "even", draw.uniform(20, 220, pixels)
    yield "five levels", draw.choice([10, 45, 90, 150, 240], pixels, p=[.3, .3, .2, .15, .05])
    yield "three peaks", np.concatenate([draw.normal(50, 6, pixels // 2),
                                         draw.normal(110, 9, pixels // 4),
                                         draw.normal(200, 9, pixels - pixels // 2 - pixels // 4)])


def imagej_thresholds(images):
    with tempfile.TemporaryDirectory() as folder:
        macro = []
        for number, image in enumerate(images):
            path = pathlib.Path(folder, f"{number}.pgm")
            path.write_bytes(b"P5\n%d %d\n255\n" % (SIDE, SIDE) + image.tobytes())
            macro.append(f'open("{path}"); line = "";')
            macro += [f'setAutoThreshold("{name} dark"); getThreshold(low, high);'
                      ' line = line + " " + (low - 1);' for name in IMAGEJ.values()]
            macro.append("print(line); close();")
        script = pathlib.Path(folder, "thresholds.ijm")
        script.write_text("\n".join(macro))
        answer = subprocess.run(["xvfb-run", "-a", "java", "-cp", "/usr/share/java/ij.jar",
                                 "ij.ImageJ", "-batch", str(script)],
                                check=True, capture_output=True, text=True).stdout
    return [[int(value) for value in line.split()] for line in answer.splitlines() if line.strip()]


def main():
    names, values = zip(*histograms())
    images = [np.clip(np.round(v), 0, 255).astype(np.uint8).reshape(SIDE, SIDE) for v in values]
    skimage_names = ["otsu", "li", "triangle", "yen", "isodata"]
    target = pathlib.Path(__file__).with_name("threshold_references.csv")
    with target.open("w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["case"] + [f"imagej_{name}" for name in IMAGEJ]
                       + [f"skimage_{name}" for name in skimage_names]
                       + [f"n{level}" for level in range(256)])
        for name, image, imagej in zip(names, images, imagej_thresholds(images)):
            other = [f"{float(getattr(filters, 'threshold_' + m)(image)):.3f}" for m in skimage_names]
            table.writerow([name] + imagej + other
                           + np.bincount(image.ravel(), minlength=256).tolist())


if __name__ == "__main__":
    main()
