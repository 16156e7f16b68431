# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Lines along the edges of pixels."""

import numpy


def loops(mask):
    """Closed lines of (row, col) corners along the edges of a mask, the inside to their right."""
    padded = numpy.pad(mask, 1)
    steps = {}
    for row, col in numpy.argwhere(padded):
        corner = (row - 1, col - 1)
        for beside, begin, end in (
            ((-1, 0), (0, 0), (0, 1)),
            ((0, 1), (0, 1), (1, 1)),
            ((1, 0), (1, 1), (1, 0)),
            ((0, -1), (1, 0), (0, 0)),
        ):
            if not padded[row + beside[0], col + beside[1]]:
                start = (corner[0] + begin[0], corner[1] + begin[1])
                steps.setdefault(start, []).append((corner[0] + end[0], corner[1] + end[1]))
    while steps:
        first = next(iter(steps))
        line, at = [], first
        while at in steps:
            line.append(at)
            following = steps[at].pop()
            if not steps[at]:
                del steps[at]
            at = following
        yield line


def densely(line, steps):
    """The line with `steps` points an edge."""
    for (row, col), (next_row, next_col) in zip(line, line[1:] + line[:1]):
        for step in range(steps):
            part = step / steps
            yield row + part * (next_row - row), col + part * (next_col - col)
