// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text.h"
#include "io/find_studies.h"
#include "pipeline/study/analyze_study.h"

#include <iostream>

int main(int argc, char** argv) {
    if (argc != 2) {
        return 2;
    }
    const paraspinal::StudyIndex index = paraspinal::find_studies({argv[1]});
    paraspinal::Models models;
    const paraspinal::StudyReport report =
        paraspinal::analyze_study(index.studies.front(), {}, models);
    std::cout << paraspinal::fixed_text(csa_cm2(report.measurement), 3) << '\n';
}
