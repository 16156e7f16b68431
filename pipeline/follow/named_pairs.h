// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace paraspinal {

/// Two examinations that the user wants to be compared.
struct NamedPair {
    std::size_t line = 0;  ///< In her file, from 1.
    std::string from;      ///< Study UID or accession number.
    std::string to;
};

/// Reads a CSV with the columns `from` and `to`. Throws Error as CsvReader, and malformed_file when
/// a cell is empty.
std::vector<NamedPair> read_named_pairs(const std::filesystem::path& file);

/// Of quantities, by column of measurements.csv.
using SmallestChanges = std::map<std::string, double, std::less<>>;

/// Smallest real changes that the user has of her own readers or scanners: from the columns
/// `column` and `mdc95` of a CSV, as `agree -o` writes (agreement.csv), or, where no such file is
/// there, from a list "csa_cm2=1.2,fdr_pct=3". Throws Error usage for what is no quantity of
/// repeated_quantities or no positive number, and as CsvReader.
SmallestChanges read_smallest_changes(const std::string& list_or_file);

}  // namespace paraspinal
