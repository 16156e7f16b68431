# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Training pipeline of the outlining network: synthetic slices, real slices, training, export, scores."""
