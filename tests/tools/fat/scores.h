// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/tools/fat/agreement.h"

#include <map>
#include <ostream>
#include <string>
#include <vector>

namespace paraspinal::evaluation {

/// Measured and true percentages by what measured them (a method) and where (a kind of composite).
class Scores {
  public:
    void add(const std::string& method, const std::string& group, const Pair& pair) {
        pairs_[method][group].push_back(pair);
    }
    [[nodiscard]] Agreement of(const std::string& method, const std::string& group) const {
        return agreement(pairs_.at(method).at(group));
    }
    [[nodiscard]] std::size_t count(const std::string& method, const std::string& group) const {
        return pairs_.at(method).at(group).size();
    }
    /// Markdown: every method against the fat fraction above 50 %, and against its mean.
    void print_methods(std::ostream& out) const;
    /// Markdown: one method in every group, in the order of their names, which lose what stands
    /// before the first blank.
    void print_groups(std::ostream& out, const std::string& method) const;

  private:
    std::map<std::string, std::map<std::string, std::vector<Pair>>> pairs_;
};

}  // namespace paraspinal::evaluation
