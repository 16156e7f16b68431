// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "risk/norms/age_curve.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// How people were measured: columns of measurements.csv. Who was measured otherwise is compared
/// with nobody.
struct NormsMethod {
    std::string level;          ///< "L3"
    std::string outline_model;  ///< That drew the outlines.
    std::string roi;
    std::string fat_method;  ///< Empty: nobody's fat enters.
    std::string fat_guard;   ///< "on" or "off".
    std::string software_version;
    double pixel_low_mm = 0;  ///< Shortest and longest side of the pixels.
    double pixel_high_mm = 0;
};

/// The curve of one quantity in one sex.
struct NormsCurve {
    std::string sex;       ///< "F" or "M".
    std::string quantity;  ///< Column of measurements.csv: "csa_cm2".
    AgeCurve curve;
};

/// What healthy controls have, as `norms fit` found it.
struct NormsCard {
    std::string software_version;  ///< That made the card, not that measured.
    NormsMethod method;
    int rows = 0;                         ///< Of the table of controls.
    int entered = 0;                      ///< People in at least one curve.
    std::map<std::string, int> left_out;  ///< Rows by reason, docs/norms.md.
    std::vector<NormsCurve> curves;
    std::string digest;  ///< Of the card's text, 16 hexadecimal digits; empty before it is written.
};

/// The card as JSON; parse_norms reads it back unchanged.
std::string norms_json(const NormsCard& card);

/// Throws Error malformed_file, naming the field, for what is no card of a format this version
/// knows.
NormsCard parse_norms(std::string_view json);

}  // namespace paraspinal
