# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Vertebral bodies, discs and the posterior elements, painted in the frame of each vertebra."""

import numpy as np

from .canvas import capsule, ellipse, rounded
from .tissues import CODE

VERTEBRAL_BODY_LABEL = 5
_CORTEX_MM = 0.8
_CONCAVITY_MM = 1.6  # of a lumbar endplate, below the plane of its rim
_WAIST = 0.07  # the body is narrower between its endplates by this share
_REACH_MM = 62.0  # no part of a vertebra lies farther from its center


def body_radius(vertebra, u, a, h):
    """0 in the axis of the body, 1 on its side wall."""
    waist = 1 - _WAIST * (1 - np.minimum(1, (2 * h / vertebra.height_mm) ** 2))
    half_width = vertebra.width_mm / 2 * waist
    hollow = 1 - 1.3 * (1 - waist) * np.exp(-((u / 9) ** 2))  # of the posterior wall, at mid-height
    half_depth = vertebra.depth_mm / 2 * np.where(a < 0, waist, hollow)
    return (np.abs(u / half_width) ** 2.5 + np.abs(a / half_depth) ** 2.5) ** 0.4


def _body(canvas, vertebra, texture):
    u = canvas.x
    a, h = vertebra.to_local(canvas.y, canvas.z)
    radius = body_radius(vertebra, u, a, h)
    below_top, above_bottom = vertebra.superior_h_mm(a) - h, h - vertebra.inferior_h_mm(a)
    body = (radius < 1) & (below_top > 0) & (above_bottom > 0)
    concavity = min(_CONCAVITY_MM, vertebra.height_mm * 0.07) * np.clip(1 - radius**2, 0, 1)
    if vertebra.name in ("S1", "S2", "S3", "S4"):
        concavity = concavity * 0.3
    depth = np.minimum(np.minimum(below_top, above_bottom) - concavity, (1 - radius) * vertebra.depth_mm / 2)
    canvas.paint(body & (depth > 0), "cortex")
    marrow = body & (depth > _CORTEX_MM)
    vein = marrow & (ellipse(u, a - vertebra.depth_mm / 2, 4.5, 10.0) - 0.8 * np.abs(h - 0.15 * u) > 0)
    canvas.paint(marrow, "marrow", gain=1 + 0.10 * texture.coarse.at(u, a, h)[marrow])
    canvas.paint(vein, "vein", gain=0.85)
    # Readers outline the whole body up to the plane of its rims, whatever shows in the concavity.
    if vertebra.name not in ("S1", "S2", "S3", "S4"):
        canvas.label[body] = VERTEBRAL_BODY_LABEL


def _disc(canvas, above, below, hydration):
    u = canvas.x
    a, h = above.to_local(canvas.y, canvas.z)
    a_below, h_below = below.to_local(canvas.y, canvas.z)
    radius = (body_radius(above, u, a, -above.height_mm / 2) + body_radius(below, u, a_below, below.height_mm / 2)) / 2
    down, up = above.inferior_h_mm(a) - h, h_below - below.superior_h_mm(a_below)
    lens = _CONCAVITY_MM * np.clip(1 - radius**2, 0, 1) + 0.2
    disc = (radius < 1.03) & (down > -lens) & (up > -lens) & (canvas.tissue != CODE["marrow"])
    disc &= (canvas.tissue != CODE["cortex"]) & (canvas.tissue != CODE["vein"])
    label = canvas.label[disc]
    canvas.paint(disc, "annulus")
    canvas.label[disc] = label
    middle = np.abs(down - up) / np.maximum(down + up + 2 * lens, 0.1)  # 0 half way, 1 at the endplates
    across = np.hypot(u / above.width_mm, (a - 1) / above.depth_mm) * 2 / 0.74
    core = disc & (across**3 + (middle / 0.85) ** 3 < 1)
    cleft = 1 - 0.45 * np.exp(-((middle / 0.22) ** 2))
    gain = np.maximum(hydration * cleft, 0.16)
    canvas.tissue[core] = CODE["nucleus"]
    canvas.gain[core] = gain[core]


def _bone(canvas, distance):
    canvas.paint(distance > 0, "cortex")
    canvas.paint(distance > _CORTEX_MM * 1.2, "marrow", gain=1.1)


def _posterior_elements(canvas, vertebra):
    u = np.abs(canvas.x)
    a, h = vertebra.to_local(canvas.y, canvas.z)
    a = a - vertebra.depth_mm / 2
    canvas.paint(ellipse(u - 19, h + 6, 3.0, 3.6) + np.minimum(0, 4 - np.abs(a - 2)) > 0, "root")
    pedicle = rounded(ellipse(u - 15.5, h - 5, 4.2, 7.5), 7.5 - np.abs(a - 4), 2)
    transverse = rounded(capsule(u, a, (17, 9), (36, 13), 3.4), 5 - np.abs(h - 4), 3)
    lamina = rounded(capsule(u, a, (13, 11), (2.0, 20.0), 3.1), 11 - np.abs(h + 7 + 0.5 * (a - 15)), 3)
    superior = rounded(ellipse(u - 19.4, a - 10.5, 4.8, 7.2, 25), 9 - np.abs(h - 15), 4)
    inferior = rounded(ellipse(u - 12.0, a - 14.0, 4.6, 6.8, 25), 11 - np.abs(h + 15), 4)
    spinous_height = 7.5 + 2.5 * np.clip((a - 20) / 25, 0, 1)
    slope = 8 + 0.22 * (a - 20) + 0.012 * np.clip(a - 20, 0, 30) ** 2
    spinous = rounded(ellipse(canvas.x, a - 33.5, 2.6, 15.5, power=3.0), (spinous_height - np.abs(h + slope)) / 3, 2)
    arch = np.maximum.reduce([transverse, pedicle, superior, lamina, inferior, spinous])
    _bone(canvas, arch)
    joint = np.minimum(0.7 - np.abs(u - 15.6 - 0.45 * (a - 12.5)), np.minimum(5 - np.abs(a - 12.5), 9 - np.abs(h + 18)))
    canvas.paint(joint > 0, "fluid", gain=0.75)


def _sacral_elements(canvas, vertebra):
    u = np.abs(canvas.x)
    a, h = vertebra.to_local(canvas.y, canvas.z)
    a = a - vertebra.depth_mm / 2
    foramen = np.minimum(ellipse(u - 18, h + vertebra.height_mm / 2, 5.5, 5.0), 9 - np.abs(a + 2))
    canvas.paint(foramen > 0, "fat")
    canvas.paint(foramen > 2.2, "root")
    crest = rounded(ellipse(canvas.x, a - 20, 3.0, 7.0, power=3) * 2, vertebra.height_mm * 0.42 - np.abs(h), 4)
    roof = np.minimum(capsule(u, a, (20, 4), (0, 15), 2.4), vertebra.height_mm * 0.55 - np.abs(h))
    _bone(canvas, np.maximum(roof, crest))


def paint_bones(canvas, spine, texture, hydration):
    near = []
    for vertebra in spine.vertebrae:
        y0, z0 = vertebra.center_yz_mm
        near.append(np.hypot(canvas.y - y0 - 12, canvas.z - z0) < _REACH_MM)
    for where, vertebra in zip(near, spine.vertebrae):
        part = canvas.part(where)
        (_sacral_elements if vertebra.name[0] == "S" else _posterior_elements)(part, vertebra)
        canvas.merge(where, part)
    for where, vertebra in zip(near, spine.vertebrae):
        part = canvas.part(where)
        _body(part, vertebra, texture)
        canvas.merge(where, part)
    for where, above, below, share in zip(near, spine.vertebrae, spine.vertebrae[1:], hydration):
        part = canvas.part(where)
        _disc(part, above, below, share)
        canvas.merge(where, part)
