# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""How far the lowest body leans less the bend below it, by the outlines: of L5, and of S1 as if it were taken for L5.

The program measures the same on what its network sees (segmentation/level/naming_evidence.h). Prints a line a patient:
set, patient, degrees as counted, degrees if S1 were L5 and S2 were S1.
"""

import argparse

import numpy as np

from .classes import L4, L5, S1, S2
from .transitional_cases import LOADERS

SACRUM_TOP_MM = 25  # kSacrumTopMm
FEWEST_PIXELS = 60


def _lean(lower, upper):
    """Degrees by which the line from one place up to another leans to the front; places are (row, column)."""
    return np.degrees(np.arctan2(lower[1] - upper[1], lower[0] - upper[0]))


def _likeness(sacrum, s1, l5, l4):
    return _lean(l5, l4) - (_lean(sacrum, s1) - _lean(s1, l5))


def likenesses(labels):
    """Both, None where too little of the sacrum is outlined."""
    places = {channel: np.argwhere(labels == channel) for channel in (S2, S1, L5, L4)}
    if min(map(len, places.values())) < FEWEST_PIXELS:
        return None
    l4, l5, s1 = (places[channel].mean(0) for channel in (L4, L5, S1))
    below = np.linalg.norm(places[S2] - s1, axis=1)
    depth = below - below.min()
    top, next_part = places[S2][depth < SACRUM_TOP_MM], places[S2][(depth >= SACRUM_TOP_MM) & (depth < 2 * SACRUM_TOP_MM)]
    if len(next_part) < FEWEST_PIXELS:
        return None
    s2 = top.mean(0)
    return _likeness(s2, s1, l5, l4), _likeness(next_part.mean(0), s2, s1, l5)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    options = parser.parse_args()
    for set_name, load in LOADERS.items():
        seen = set()
        for volume in load(options.data):
            both = likenesses(volume.labels[volume.middle]) if volume.name not in seen else None
            if both is not None and not volume.kind.endswith("_t1"):
                seen.add(volume.name)
                print(f"{set_name},{volume.name},{both[0]:.1f},{both[1]:.1f}")


if __name__ == "__main__":
    main()
