# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Write the level network as ONNX with its metadata."""

import argparse

from common import onnx_file
from common.unet import load_average

from .classes import CHANNEL_NAMES
from .network import LevelNetwork
from .preprocessing import GRID_COLUMNS, GRID_ROWS, PIXEL_MM


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    onnx_file.add_options(parser)
    options = parser.parse_args()
    network = load_average(LevelNetwork(), options.checkpoint)
    onnx_file.export(network, options, "vertebrae", PIXEL_MM, (GRID_ROWS, GRID_COLUMNS), CHANNEL_NAMES)


if __name__ == "__main__":
    main()
