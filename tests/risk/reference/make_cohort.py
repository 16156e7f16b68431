#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Writes cohort250.csv: 64 + 186 patients drawn from the moments of the yang2025 model card,
independent within each group. Seeded; the file is the same each time. Needs python3-numpy."""
import csv
import json
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).parent
CARD = HERE.parents[2] / "risk" / "models" / "yang2025.json"


def main():
    card = json.loads(CARD.read_text())
    random = np.random.Generator(np.random.PCG64(20250122))
    rows = []
    for group, size in (("events", 64), ("non_events", 186)):
        for _ in range(size):
            row = {"patient_id": f"P{len(rows) + 1:03d}"}
            for predictor in card["predictors"]:
                moments = predictor["cohort"][group]
                if predictor["kind"] == "binary":
                    row[predictor["key"]] = int(random.random() < moments["count"] / size)
                else:
                    value = random.normal(moments["mean"], moments["sd"])
                    row[predictor["key"]] = f"{max(value, 0.5) if moments['mean'] > 0 else value:.2f}"
            row["new_fracture"] = int(group == "events")
            rows.append(row)
    with open(HERE / "cohort250.csv", "w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
