// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/cohort/models/risk_table.h"
#include "risk/model/load_risk_model.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace paraspinal {

class RiskTable : public ::testing::Test {
  protected:
    std::filesystem::path file(const std::string& name, const std::string& content) {
        const auto path = folder_.path() / name;
        std::ofstream(path, std::ios::binary) << content;
        return path;
    }

    // Lines of the table without the header.
    std::vector<std::string> rows(const RiskTableInput& input) {
        RiskEstimator estimator(load_risk_model("yang2025"));
        std::string text;
        notes_ =
            write_risk_table(input, estimator, [&](std::string_view piece) { text.append(piece); });
        std::istringstream stream(text);
        std::vector<std::string> lines;
        for (std::string line; std::getline(stream, line);) {
            lines.push_back(line);
        }
        lines.erase(lines.begin());
        return lines;
    }

    RiskTableNotes notes_;  // NOLINT(*-non-private-member-variables-in-classes)

  private:
    testing::TemporaryFolder folder_;
};

inline std::vector<std::string> cells(const std::string& line) {
    std::vector<std::string> all;
    std::istringstream stream(line + ",");
    for (std::string cell; std::getline(stream, cell, ',');) {
        all.push_back(cell);
    }
    return all;
}

}  // namespace paraspinal
