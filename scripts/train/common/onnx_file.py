# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Write a network as ONNX with its metadata, and check that OpenCV computes what PyTorch computes."""

import hashlib
import json
from pathlib import Path

import cv2
import numpy as np
import torch

from .unet import Probabilities

LARGEST_DIFFERENCE = 1e-4
OPSET = 11  # the newest that OpenCV 4.6 reads without surprises


def _write(network, image_size, path):
    # eval() on the wrapper: the exporter restores its mode and would put the inner network back into training.
    wrapper = Probabilities(network).eval()
    example = torch.zeros(1, 1, *image_size)
    torch.onnx.export(
        wrapper, example, path, opset_version=OPSET, input_names=["image"], output_names=["probabilities"]
    )
    return wrapper.eval()


def _largest_difference(wrapper, image_size, path):
    """Between cv::dnn and PyTorch, over random images of a slice's range."""
    opencv = cv2.dnn.readNetFromONNX(str(path))
    worst = 0.0
    for seed in range(3):
        image = np.random.default_rng(seed).uniform(-0.35, 1.15, (1, 1, *image_size)).astype(np.float32)
        opencv.setInput(image)
        with torch.no_grad():
            expected = wrapper(torch.from_numpy(image)).numpy()
        worst = max(worst, float(np.abs(opencv.forward() - expected).max()))
    return worst


def add_options(parser):
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--output", required=True, help="ONNX file; its card goes beside it as JSON")
    parser.add_argument("--version", required=True)


def export(network, options, name, pixel_mm, grid_size, channel_names):
    """Write the ONNX file of the options for a grid of (rows, columns), and beside it the card that C++ checks."""
    path = Path(options.output)
    wrapper = _write(network, grid_size, path)
    difference = _largest_difference(wrapper, grid_size, path)
    print(f"largest difference between OpenCV and PyTorch: {difference:.1e}")
    if difference > LARGEST_DIFFERENCE:
        raise SystemExit(f"{path}: OpenCV does not reproduce the network")
    checksum = hashlib.sha256(path.read_bytes()).hexdigest()
    card = {
        "name": name,
        "version": options.version,
        "sha256": checksum,
        "pixel_mm": pixel_mm,
        "grid_rows": grid_size[0],
        "grid_columns": grid_size[1],
        "channels": list(channel_names),
    }
    path.with_suffix(".json").write_text(json.dumps(card, indent=2) + "\n")
