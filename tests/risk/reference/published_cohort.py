#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Intercept and AUC of the shipped model card under independence, by scipy.

Prints what published_cohort_test.cpp expects. Needs python3-scipy.
"""
import itertools
import json
import math
import pathlib

from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.stats import norm

CARD = pathlib.Path(__file__).parents[3] / "risk" / "models" / "yang2025.json"


def patterns(card, group, age_coefficient):
    """(probability, mean, sd) of the linear predictor for each pattern of binary predictors."""
    size = card["cohort"][group]
    mean, variance, binary = 0.0, 0.0, []
    for predictor in card["predictors"]:
        moments = predictor["cohort"][group]
        slope = predictor["coefficient"]
        if predictor["key"] == "age_years":
            slope = age_coefficient
        if predictor["kind"] == "binary":
            binary.append((slope, moments["count"] / size))
        else:
            mean += slope * moments["mean"]
            variance += (slope * moments["sd"]) ** 2
    for values in itertools.product((0, 1), repeat=len(binary)):
        probability, shift = 1.0, 0.0
        for value, (slope, share) in zip(values, binary):
            probability *= share if value else 1 - share
            shift += slope * value
        yield probability, mean + shift, math.sqrt(variance)


def mean_risk(groups, rate, intercept):
    def of(group):
        return sum(
            probability * quad(lambda z: norm.pdf(z) / (1 + math.exp(-intercept - mean - sd * z)),
                               -9, 9, epsabs=1e-13, epsrel=1e-13, limit=200)[0]
            for probability, mean, sd in group)
    return rate * of(groups[0]) + (1 - rate) * of(groups[1])


def main():
    card = json.loads(CARD.read_text())
    rate = card["cohort"]["events"] / (card["cohort"]["events"] + card["cohort"]["non_events"])
    age = card["predictors"][0]
    for coefficient in [age["coefficient"]] + [r["coefficient"] for r in age["other_readings"]]:
        groups = [list(patterns(card, g, coefficient)) for g in ("events", "non_events")]
        intercept = brentq(lambda a: mean_risk(groups, rate, a) - rate, -20, 10, xtol=1e-13)
        auc = sum(p * q * norm.cdf((m - n) / math.hypot(s, t))
                  for p, m, s in groups[0] for q, n, t in groups[1])
        print(f"age {coefficient:.6f} intercept {intercept:.12f} auc {auc:.12f}")


if __name__ == "__main__":
    main()
