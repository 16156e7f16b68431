# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""What the outlining and the level network share: the U-Net, training, ONNX."""
