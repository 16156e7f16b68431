# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Write the network as ONNX with its metadata, and check that OpenCV computes what PyTorch computes."""

import argparse
import hashlib
import json
from pathlib import Path

import cv2
import numpy as np
import torch

from .classes import CHANNEL_NAMES
from .inference import load_network
from .network import OutlineProbabilities
from .preprocessing import GRID_SIZE, PIXEL_MM

LARGEST_DIFFERENCE = 1e-4
OPSET = 11  # the newest that OpenCV 4.6 reads without surprises


def write_onnx(network, path):
    # eval() on the wrapper: the exporter restores its mode and would put the inner network back into training.
    wrapper = OutlineProbabilities(network).eval()
    example = torch.zeros(1, 1, GRID_SIZE, GRID_SIZE)
    torch.onnx.export(
        wrapper, example, path, opset_version=OPSET, input_names=["image"], output_names=["probabilities"]
    )
    return wrapper.eval()


def largest_difference(wrapper, path):
    """Between cv::dnn and PyTorch, over random images of a slice's range."""
    opencv = cv2.dnn.readNetFromONNX(str(path))
    worst = 0.0
    for seed in range(3):
        image = np.random.default_rng(seed).uniform(-0.35, 1.15, (1, 1, GRID_SIZE, GRID_SIZE)).astype(np.float32)
        opencv.setInput(image)
        with torch.no_grad():
            expected = wrapper(torch.from_numpy(image)).numpy()
        worst = max(worst, float(np.abs(opencv.forward() - expected).max()))
    return worst


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--output", required=True, help="ONNX file; the metadata goes beside it as JSON")
    parser.add_argument("--version", required=True)
    parser.add_argument("--name", default="outline", help="what results call the network")
    options = parser.parse_args()
    path = Path(options.output)
    wrapper = write_onnx(load_network(options.checkpoint), path)
    difference = largest_difference(wrapper, path)
    print(f"largest difference between OpenCV and PyTorch: {difference:.1e}")
    if difference > LARGEST_DIFFERENCE:
        raise SystemExit(f"{path}: OpenCV does not reproduce the network")
    metadata = {
        "name": options.name,
        "version": options.version,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "pixel_mm": PIXEL_MM,
        "grid_size": GRID_SIZE,
        "channels": list(CHANNEL_NAMES),
    }
    path.with_suffix(".json").write_text(json.dumps(metadata, indent=2) + "\n")


if __name__ == "__main__":
    main()
