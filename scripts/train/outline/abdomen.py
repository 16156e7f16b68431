# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Everything in front of and beside the spine: skin, fat, wall muscles, bowel, kidneys, vessels, pelvis."""

import numpy as np

from .scene import soft_step


def body_distance(scene, fat_depth):
    """Signed distance to the skin, positive inside; fat_depth lies behind the muscles."""
    u = scene.rng.uniform
    furrow = min(fat_depth * 0.7, u(0, 0.08)) * np.exp(-((scene.x / u(0.05, 0.12)) ** 2))
    skin = scene.bottom + 0.01 + fat_depth - u(0.0, 0.7) * scene.x**2 - furrow
    half_width, half_depth = u(0.85, 1.35), u(0.7, 1.1)
    center = scene.bottom + fat_depth - half_depth
    oval = 1 - np.hypot(scene.x / half_width, np.minimum(scene.y - center, 0) / half_depth)
    return np.minimum(skin - scene.y, oval * half_width), half_width, half_depth


def paint_skin_and_fat(scene, body):
    u = scene.rng.uniform
    septa = np.exp(-((scene.noise(12) / 0.03) ** 2)) * u(0, 0.35) + np.exp(-((scene.noise(25) / 0.02) ** 2)) * u(0, 0.4)
    scene.fill(body, scene.fat_texture() * (1 - septa))
    thickness = u(1.2, 2.5) * scene.mm
    scene.blend(np.exp(-(((body - thickness * 0.6) / (thickness * 0.7)) ** 2)) * u(0.3, 0.9), u(0.05, 0.6))


def paint_cavity(scene, spine, half_width, half_depth):
    """The abdominal wall and what it holds. Returns the signed distance to the inside of the cavity."""
    u = scene.rng.uniform
    half = max(half_width - u(0.05, 0.25), 0.62)
    center = spine.center_y + u(0.0, 0.15) + spine.half_depth - 0.3
    below = np.where(
        scene.y > center, (scene.y - center) / u(0.32, 0.5), (scene.y - center) / (u(0.6, 1.0) * half_depth)
    )
    outer = (1 - np.hypot(scene.x / half, below)) * half
    fat = scene.tissues.fat * u(0.75, 1.05)
    # The wall muscles end beside quadratus lumborum; behind psoas and the spine there is fat only.
    flank = soft_step(np.abs(scene.x) - u(0.40, 0.55) + np.maximum(spine.center_y - scene.y, 0) * 2, 0.02)
    scene.fill(outer, fat + (scene.muscle_texture() * u(0.85, 1.3) - fat) * flank)
    inner = outer - u(0.02, 0.09)
    scene.fill(inner, fat * (1 + 0.05 * scene.noise(3) + 0.08 * scene.noise(6)))
    blobs = soft_step(scene.noise(12) - u(-0.2, 1.2), 0.08) * soft_step(inner - 0.01, scene.edge)
    content = u(0.15, 0.8) * (1 + 0.4 * scene.noise(6) + 0.15 * scene.noise(1.5))
    scene.blend(blobs * soft_step(spine.center_y - scene.y + u(-0.1, 0.15), 0.03), content)
    return inner


def paint_bowel(scene, spine, cavity):
    u = scene.rng.uniform
    for side in (-1, 1):
        for _ in range(scene.rng.integers(0, 3)):
            loop = scene.ellipse(
                side * u(0.3, 0.9), spine.center_y + u(-0.6, 0.2), u(0.04, 0.16), u(0.04, 0.14), u(-1, 1)
            )
            loop = np.minimum(loop, cavity)
            scene.fill(loop, u(0, 1) * (1 + 0.3 * scene.noise(3)))
            if scene.chance(0.4):  # wall and content differ
                scene.fill(loop - u(0.01, 0.03), u(0, 1) * (1 + 0.2 * scene.noise(3)))


def paint_kidneys(scene, spine, cavity):
    """Kidneys lie beside psoas at L1-L3 and look like it: smooth, oval, of any brightness."""
    u = scene.rng.uniform
    if not scene.chance({2: 0.85, 3: 0.55}.get(scene.level, 0.05)):
        return
    brightness = u(0.2, 0.9) * scene.tissues.fat
    half_x, half_y, angle = u(0.11, 0.22), u(0.14, 0.27), u(0, 0.9)
    # The medial border lies beside psoas, which is thin there.
    x0, y0 = spine.half_width + u(0.04, 0.18) + half_x, spine.center_y + u(-0.12, 0.14)
    sinus = scene.chance(0.7)
    for side in (-1, 1):
        if not scene.chance(0.85):
            continue
        size = u(0.7, 1.15)
        kidney = scene.ellipse(side * x0, y0 + u(-0.04, 0.04), half_x * size, half_y * size, side * angle)
        kidney = np.minimum(kidney, cavity)
        if scene.chance(0.5):  # perirenal fascia, a thin dark line in the fat
            scene.blend(np.exp(-(((kidney + u(0.01, 0.05)) / (0.6 * scene.edge)) ** 2)) * u(0.1, 0.5), 0.2)
        scene.fill(kidney, brightness * (1 + 0.08 * scene.noise(3) + 0.05 * scene.noise(0.7)))
        if sinus:
            pelvis = scene.ellipse(side * (x0 - half_x / 3), y0, half_x * 0.6, half_y * 0.35, side * angle)
            scene.fill(np.minimum(kidney - 0.04, pelvis), u(0.4, 1.1) * scene.tissues.fat)


def paint_solid_organs(scene, spine, cavity):
    u = scene.rng.uniform
    for side in (-1, 1):
        if scene.chance(0.3):
            organ = scene.ellipse(
                side * u(0.5, 0.8), spine.center_y + u(-0.2, 0.2), u(0.1, 0.2), u(0.12, 0.26), u(-0.6, 0.6)
            )
            scene.fill(np.minimum(organ, cavity), u(0.15, 0.8) * (1 + 0.1 * scene.noise(3)))


def paint_crura(scene, spine):
    """The diaphragm's crura, thin muscle on the front and sides of the upper lumbar bodies."""
    u = scene.rng.uniform
    if not scene.chance({2: 0.75, 3: 0.3}.get(scene.level, 0.0)):
        return
    bone = scene.ellipse(0, spine.center_y, spine.half_width, spine.half_depth, power=2.3)
    brightness = u(0.8, 1.2)
    for side in (-1, 1):
        thickness, medial, lowest = u(0.015, 0.06), u(0.0, 0.08), spine.center_y + u(-0.7, 0.6) * spine.half_depth
        crus = np.minimum(np.minimum(bone + thickness, lowest - scene.y), side * scene.x - medial)
        scene.fill(crus, scene.muscle_texture() * brightness)


def paint_iliac_vessels(scene, spine):
    """Beside the lowest body and disc, between them and psoas: round and dark as psoas, but small."""
    u = scene.rng.uniform
    if not scene.chance({4: 0.3, 5: 0.85}.get(scene.level, 0.0)):
        return
    for side in (-1, 1):
        for _ in range(scene.rng.integers(1, 3)):
            radius = u(0.025, 0.055)
            vessel = scene.ellipse(
                side * (spine.half_width + u(-0.06, 0.12)), spine.center_y + u(-0.2, 0.04), radius, radius * u(0.7, 1.3)
            )
            scene.fill(vessel, u(0.1, 0.4), grow=0.006)
            scene.fill(vessel, u(0, 0.2) if scene.chance(0.75) else u(0.2, 1))


def paint_great_vessels(scene, spine):
    u = scene.rng.uniform
    for side in (-1, 1):
        radius = u(0.035, 0.07)
        y0 = spine.center_y - spine.half_depth - radius * u(0.7, 1.2)
        vessel = scene.ellipse(side * u(0.02, 0.16), y0, radius, radius * u(0.6, 1.1))
        scene.fill(vessel, u(0.1, 0.4), grow=0.006)
        scene.fill(vessel, u(0, 0.12) if scene.chance(0.75) else u(0.3, 1))


def paint_pelvis(scene, body):
    """Iliac wings with gluteal muscle behind and iliacus in front; erector spinae ends at them."""
    u = scene.rng.uniform
    if not scene.chance({3: 0.05, 4: 0.45, 5: 0.9}.get(scene.level, 0.0)):
        return
    x1, y1 = u(0.36, 0.56), scene.es_top + u(-0.08, 0.14)
    x2, y2 = u(0.62, 0.9), scene.es_top - u(0.1, 0.35)
    thickness, curve = u(0.03, 0.08), u(-0.1, 0.1)
    gluteal, iliacus = scene.chance(0.7), scene.chance(0.75)
    marrow = scene.tissues.marrow * u(0.4, 1.2)
    gluteal_depth, iliacus_depth = u(0.1, 0.2), u(0.05, 0.12)
    length = np.hypot(x2 - x1, y2 - y1)
    for side in (-1, 1):
        along = ((side * scene.x - x1) * (x2 - x1) + (scene.y - y1) * (y2 - y1)) / length**2
        across = ((side * scene.x - x1) * (y2 - y1) - (scene.y - y1) * (x2 - x1)) / length
        across = across + curve * along * (1 - along)
        ends = np.minimum(along, 1.3 - along) * length
        bone = np.minimum(thickness * (0.25 + 0.25 * np.clip(along * 1.5, 0, 1)) - np.abs(across), ends)
        if gluteal:
            muscle = np.minimum(np.minimum(-across + 0.02, across + gluteal_depth), ends * 0.6 - 0.25 * length * 0.6)
            scene.fill(np.minimum(muscle, body - 0.02), scene.muscle_texture() * u(0.9, 1.2))
        if iliacus:
            muscle = np.minimum(np.minimum(across + 0.01, iliacus_depth - across), ends * 0.6 - 0.06 * length)
            scene.fill(muscle, scene.muscle_texture() * u(0.9, 1.2))
        scene.fill(bone, scene.tissues.cortex, grow=0.012)
        scene.fill(bone, marrow * (1 + 0.1 * scene.noise(3)))
