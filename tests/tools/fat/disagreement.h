// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>
#include <vector>

namespace paraspinal::evaluation {

/// How far the bare methods differ on a composite, its true FDR, and the error of the default.
struct Disagreement {
    double disagreement = 0;
    double truth = 0;
    double error = 0;
};

/// Markdown: by how far the methods differ.
void print_disagreement(std::ostream& out, const std::vector<Disagreement>& composites);

}  // namespace paraspinal::evaluation
