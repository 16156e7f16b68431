# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Vertebral body or disc, neural arch and canal."""

from dataclasses import dataclass

import numpy as np

from .classes import VERTEBRAL_BODY
from .scene import soft_step


@dataclass
class SpineLayout:
    """Where the spine lies, in frame units."""

    half_width: float  # of the vertebral body
    half_depth: float
    posterior_y: float  # posterior wall of the body
    canal_y: float
    canal_half_width: float
    canal_half_depth: float

    @property
    def center_y(self):
        return self.posterior_y - self.half_depth


def draw_spine_layout(scene):
    u = scene.rng.uniform
    half_width = u(20.5, 29 + 0.5 * scene.level) * scene.mm  # bodies widen toward L5; osteophytes add some mm
    posterior = scene.top - u(0.06, 0.17)
    if posterior > scene.es_top + 0.12:
        posterior = scene.es_top + u(0, 0.12)
    return SpineLayout(
        half_width=half_width,
        half_depth=half_width * u(0.58, 0.84),  # 27 bodies drawn by eye: 0.61-0.83
        posterior_y=posterior,
        canal_y=posterior + u(0.03, 0.05),
        canal_half_width=u(0.05, 0.085),
        canal_half_depth=u(0.035, 0.06),
    )


def paint_vertebral_body(scene, spine):
    u = scene.rng.uniform
    tissues = scene.tissues
    power = u(2.0, 2.8)
    x, y = np.abs(scene.x / spine.half_width), (scene.y - spine.center_y) / spine.half_depth
    hollow = u(0, 0.25) * np.exp(-((x / 0.4) ** 2))  # concave posterior wall
    y = np.abs(np.where(y > 0, y * (1 + hollow), y))
    if scene.chance(0.3):  # anterior corners narrow, as in a kidney-shaped endplate
        x = x * (1 + u(0, 0.25) * soft_step(spine.center_y - scene.y, spine.half_depth * 0.3))
    wobble = u(0, 0.004) * scene.noise(6)
    body = (1 - (x**power + y**power) ** (1 / power)) * spine.half_depth + wobble
    if scene.chance(0.25):  # anterior and lateral ligament, osteophyte or annulus rim outside
        scene.fill(body, tissues.ligament, grow=u(0.005, 0.02))
    if scene.chance(0.55):
        _paint_bone(scene, spine, body)
    else:
        _paint_disc(scene, spine, body)
    scene.labels[body > -0.004] = VERTEBRAL_BODY


def _paint_bone(scene, spine, body):
    u = scene.rng.uniform
    scene.fill(body, scene.tissues.cortex, grow=0.006)
    texture = 1 + 0.08 * scene.noise(3) + 0.1 * scene.noise(12) + 0.05 * scene.noise(0.7)
    scene.fill(body - u(0.004, 0.01), scene.tissues.marrow * texture)
    if scene.chance(0.4):  # basivertebral vein
        line = np.exp(-(((scene.x + 0.01 * scene.noise(12)) / u(0.008, 0.02)) ** 2))
        scene.blend(
            line * soft_step(scene.y - spine.center_y, 0.01) * soft_step(body, scene.edge) * u(0.3, 1), u(0, 1.1)
        )
    if scene.chance(0.25):  # partial volume of an endplate or a Modic change
        patch = soft_step(scene.noise(12) - u(0, 1), 0.2) * soft_step(body, scene.edge)
        scene.blend(patch * u(0.2, 0.9), u(0.05, 1.0))


def _paint_disc(scene, spine, body):
    u = scene.rng.uniform
    annulus = u(0.03, 0.3)
    scene.fill(body, annulus * 0.5, grow=0.006)
    scene.fill(body - 0.004, annulus * (1 + 0.1 * scene.noise(3)))
    nucleus = scene.ellipse(
        u(-0.02, 0.02),
        spine.center_y + u(-0.02, 0.03),
        spine.half_width * u(0.45, 0.75),
        spine.half_depth * u(0.4, 0.7),
    )
    scene.blend(soft_step(nucleus, u(0.008, 0.03)), u(0.1, 1.0) * (1 + 0.12 * scene.noise(3)))


def paint_arch(scene, spine):
    """Fat between the muscles, transverse processes, facets, laminae and spinous process."""
    u = scene.rng.uniform
    depth = scene.bottom - spine.posterior_y
    between = scene.ellipse(
        0, (spine.posterior_y + scene.bottom) / 2, max(scene.half_gap * 1.6, 0.06) + 0.06, depth / 2 + 0.02
    )
    scene.blend(soft_step(between, 4 * scene.edge), scene.fat_texture() * u(0.6, 1))
    ligaments = soft_step(scene.noise(3) + 0.5 * scene.noise(6) - u(-0.3, 1.5), 0.3) * soft_step(
        between, 8 * scene.edge
    )
    scene.blend(ligaments * u(0.3, 1), scene.tissues.ligament)
    facet_x = spine.canal_half_width + u(0.02, 0.07)
    facet_y = spine.canal_y + u(-0.005, 0.05)
    facet_radius, facet_stretch = u(0.035, 0.075), u(0.9, 1.5)
    transverse = scene.chance(0.4)
    transverse_length, transverse_thickness, transverse_y = u(0.1, 0.17), u(0.015, 0.03), spine.canal_y + u(-0.05, 0.02)
    for side in (-1, 1):
        if transverse:
            process = scene.ellipse(
                side * (facet_x + 0.12), transverse_y, transverse_length, transverse_thickness, side * u(-0.3, 0.3)
            )
            scene.fill(process, scene.tissues.cortex, grow=0.008)
            scene.fill(process - 0.002, scene.tissues.marrow)
        facet = scene.ellipse(side * facet_x, facet_y, facet_radius, facet_radius * facet_stretch, side * u(-0.8, 0.2))
        scene.fill(facet, scene.tissues.cortex, grow=0.006)
        scene.fill(facet - 0.012, scene.tissues.marrow * u(0.5, 1.1))
        if scene.chance(0.5):  # joint space
            line = np.exp(-((((scene.x - side * facet_x) * 0.8 + side * (scene.y - facet_y) * 0.3) / 0.004) ** 2))
            scene.blend(line * soft_step(facet, scene.edge), u(0.3, 1.0))
    _paint_laminae(scene, spine, facet_x + 0.02)
    _paint_spinous_process(scene, spine)


def _paint_laminae(scene, spine, reach):
    """A roof over the canal: from its ridge at the midline forward and outward."""
    u = scene.rng.uniform
    ridge = spine.canal_y + spine.canal_half_depth + u(0.01, 0.05)
    roof = u(0.012, 0.032) - np.abs(scene.y - ridge + u(0.2, 0.9) * np.abs(scene.x))
    roof = np.minimum(roof, reach - np.abs(scene.x))
    scene.fill(roof, scene.tissues.cortex, grow=0.006)
    if scene.chance(0.6):
        scene.fill(roof - 0.006, scene.tissues.marrow)


def _paint_spinous_process(scene, spine):
    """Bone, interspinous ligament with fat, or nothing, depending on the height of the cut."""
    u = scene.rng.uniform
    tissues = scene.tissues
    half_width = np.clip(scene.half_gap * u(0.5, 1.2), 0.012, 0.06)
    start, end = spine.canal_y + spine.canal_half_depth + 0.02, scene.bottom + u(-0.08, 0.04)
    process = scene.ellipse(0, (start + end) / 2, half_width, (end - start) / 2, u(-0.05, 0.05), u(2, 3.5))
    kind = scene.rng.random()
    if kind < 0.55:
        scene.fill(process, tissues.cortex, grow=0.006)
        scene.fill(process - 0.004, tissues.marrow * (1 + 0.1 * scene.noise(3)))
    elif kind < 0.9:
        fat_share = np.clip(0.5 + 0.5 * scene.noise(3), 0, 1) * u(0.2, 0.9)
        scene.fill(process, tissues.ligament + (tissues.fat - tissues.ligament) * fat_share)
    if scene.chance(0.7):  # supraspinous ligament
        tip = scene.ellipse(0, scene.bottom + u(-0.01, 0.03), u(0.01, 0.035), u(0.01, 0.03))
        scene.fill(tip, tissues.ligament)


def paint_canal(scene, spine):
    u = scene.rng.uniform
    tissues = scene.tissues
    if scene.chance(0.5):  # posterior epidural fat
        pad = scene.ellipse(
            0,
            spine.canal_y + spine.canal_half_depth * u(0.7, 1.2),
            spine.canal_half_width * 0.5,
            spine.canal_half_depth * 0.9,
        )
        scene.blend(soft_step(pad, 2 * scene.edge), tissues.fat)
    for side in (-1, 1):  # foramen with its nerve root
        foramen = scene.ellipse(side * u(0.07, 0.12), spine.canal_y + u(-0.03, 0.0), u(0.015, 0.035), u(0.015, 0.03))
        scene.blend(soft_step(foramen, 2 * scene.edge), tissues.fat * u(0.7, 1))
        scene.fill(foramen - 0.012, u(0.1, 0.6))
    sac = scene.ellipse(0, spine.canal_y, spine.canal_half_width, spine.canal_half_depth, 0, u(1.6, 2.4))
    sac = np.minimum(sac, scene.y - spine.posterior_y)
    scene.fill(sac, tissues.ligament, grow=0.008)
    scene.fill(sac, tissues.fluid)
    for _ in range(scene.rng.integers(0, 14)):  # cauda equina
        root = scene.ellipse(
            u(-0.8, 0.8) * spine.canal_half_width, spine.canal_y + u(-0.2, 0.8) * spine.canal_half_depth, 0.006, 0.006
        )
        scene.blend(soft_step(root, scene.edge) * soft_step(sac - 0.004, scene.edge), u(0.05, 0.5) * tissues.fluid)
