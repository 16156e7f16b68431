# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Write a checkpoint to start from out of the shipped ONNX file."""

import argparse

import torch
from common.restart import load_shipped

from .network import LevelNetwork
from .train import BatchMaker, load_volumes

BATCHES = 8  # whose statistics the normalizations get


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--onnx", required=True)
    parser.add_argument("--checkpoint", required=True)
    options = parser.parse_args()
    maker = BatchMaker(load_volumes(options.data, None), seed=0)
    images = torch.cat([maker.batch(step)[0] for step in range(BATCHES)])
    network = load_shipped(LevelNetwork(), options.onnx, images)
    torch.save({"average": network.state_dict()}, options.checkpoint)


if __name__ == "__main__":
    main()
