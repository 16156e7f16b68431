#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Writes kyphoplasty251.csv: patient rows that have the counts of Reyhani Yassavoly et al. 2025,
Tables 1 to 3 (brace, leakage type, sex, levels, adjacent and remote fractures) and, by brace and by
leakage type, the printed means and SDs of age. Which patient has what is made up. Needs python3-numpy.
"""
import csv
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).parent


def exactly(mean, sd, size, random):
    """Values with exactly this mean and sample SD."""
    values = random.normal(size=size)
    values = (values - values.mean()) / values.std(ddof=1)
    return mean + sd * values


def main():
    random = np.random.Generator(np.random.PCG64(2025))
    brace = ["yes"] * 31 + ["no"] * 220
    leakage = ["none"] * 31 + ["spike"] * 9 + ["round"] * 2 + ["none"] * 209
    male = [1] * 9 + [0] * 22 + [0] * 9 + [1, 0] + [1] * 58 + [0] * 151
    levels = [1] * 17 + [2] * 12 + [3] * 2 + [1] * 7 + [2, 3] + [1] * 2
    levels += [1] * 142 + [2] * 50 + [3] * 12 + [4] * 3 + [5] * 2
    adjacent = [1] + [0] * 30 + [1] * 7 + [0] * 2 + [0] * 2 + [1] * 10 + [0] * 199
    remote = [0] * 31 + [0] * 11 + [0] * 10 + [1] * 9 + [0] * 190
    spike, rounded = exactly(78.4, 6.8, 9, random), exactly(73.5, 6.4, 2, random)
    # The others without brace, such that all 220 have mean 73.1 and SD 6.4.
    mean = (220 * 73.1 - spike.sum() - rounded.sum()) / 209
    squares = 219 * 6.4**2 + 220 * 73.1**2 - (spike**2).sum() - (rounded**2).sum()
    others = exactly(mean, np.sqrt((squares - 209 * mean**2) / 208), 209, random)
    age = np.concatenate([exactly(74.9, 5.6, 31, random), spike, rounded, others])
    with open(HERE / "kyphoplasty251.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["patient_id", "age_years", "male", "brace", "leakage_type", "levels",
                         "adjacent_fracture", "remote_fracture"])
        for i in range(251):
            names = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five"}
            writer.writerow([f"K{i + 1:03d}", f"{age[i]:.6f}", male[i], brace[i], leakage[i],
                             names[levels[i]], adjacent[i], remote[i]])


if __name__ == "__main__":
    main()
