# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""A synthetic lumbar spine with known truth, and the DICOM files made from it."""
