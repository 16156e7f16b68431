# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""The ten channels of the level network, from the sacrum up."""

CHANNEL_NAMES = ("background", "s1", "s2_and_below", "l5", "l4", "l3", "l2", "l1", "thoracic", "disc")
CHANNEL_COUNT = len(CHANNEL_NAMES)

BACKGROUND = 0
S1, S2 = 1, 2
L5, L4, L3, L2, L1 = 3, 4, 5, 6, 7
THORACIC = 8
DISC = 9
IGNORED = 255

# The bodies above the sacrum: without it in view their names cannot be known, only that they are bodies.
BODIES = (L5, L4, L3, L2, L1, THORACIC)
