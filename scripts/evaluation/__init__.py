# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""What scripts/evaluate and scripts/evaluate_intervals share: the sets of images, and runs of the program on them."""
