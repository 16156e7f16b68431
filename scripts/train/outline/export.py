# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Write the outlining network as ONNX with its metadata."""

import argparse

from common import onnx_file

from .classes import CHANNEL_NAMES
from .inference import load_network
from .preprocessing import GRID_SIZE, PIXEL_MM


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    onnx_file.add_options(parser)
    parser.add_argument("--name", default="outline", help="what results call the network")
    options = parser.parse_args()
    network = load_network(options.checkpoint)
    onnx_file.export(network, options, options.name, PIXEL_MM, (GRID_SIZE, GRID_SIZE), CHANNEL_NAMES)


if __name__ == "__main__":
    main()
