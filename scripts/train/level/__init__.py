# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Training pipeline of the level network: marks, augmentation, training, export, cases to test the program with."""
