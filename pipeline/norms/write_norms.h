// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/columns/table_reader.h"
#include "risk/norms/norms_card.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// A card and its text, to be kept beside what was compared with it.
struct LoadedNorms {
    NormsCard card;
    std::string text;
};

/// Throws Error input_not_found, and as parse_norms. nullopt for an empty path.
std::optional<LoadedNorms> load_norms(const std::filesystem::path& file);

/// `norms.csv` of all rows of `table`, which has the columns of measurements.csv. Throws Error as
/// TableReader, and malformed_file for cells that are no numbers.
std::string norms_csv(const NormsCard& card,
                      const std::filesystem::path& table,
                      const TableOptions& options = {});

/// Writes `norms.csv` and the card, as `norms.json`, beside `folder`/measurements.csv, and
/// `norms.svg` into the folder of each study where `has_pictures`; returns the paths of the first
/// two. Without `norms` removes what an earlier call wrote. Throws Error output_not_writable.
std::vector<std::filesystem::path> write_norms(const std::filesystem::path& folder,
                                               const std::optional<LoadedNorms>& norms,
                                               bool has_pictures);

}  // namespace paraspinal
