// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/renew_readings.h"

#include "pipeline/batch/readings/readings_file.h"

#include <algorithm>
#include <iostream>
#include <string>

namespace paraspinal {
namespace {

std::string numbers_text(const NamedCells& line) {
    const auto number = [&](const char* column) {
        const std::string cell = line.get(column);
        return cell.empty() ? std::string("none") : cell;
    };
    return "CSA " + number("csa_cm2") + " cm2, FDR " + number("fdr_pct") + " %";
}

std::string difference_text(const OvertakenReading& reading) {
    const bool is_correction = reading.decision == Decision::corrected;
    return "study " + reading.study_folder + ": " + std::string(decision_name(reading.decision)) +
           " by " + reading.reader + " with " + numbers_text(reading.hers) +
           (reading.is_renewed ? " (measured as the run is now)" : "") +
           (is_correction ? "; the run itself has " : "; now ") + numbers_text(reading.now) +
           (reading.is_renewed ? "" : " (review_status outdated)");
}

void say_differences(const std::vector<OvertakenReading>& overtaken, Talk& talk) {
    if (overtaken.empty()) {
        return;
    }
    talk.say(std::to_string(overtaken.size()) +
             " decisions are about results that the run no longer has:");
    constexpr std::size_t kShown = 3;
    for (std::size_t i = 0; i < std::min(kShown, overtaken.size()); ++i) {
        talk.say("  " + difference_text(overtaken[i]));
    }
    if (overtaken.size() > kShown) {
        talk.say("  and " + std::to_string(overtaken.size() - kShown) + " more");
    }
    talk.say(
        "'agree DIR --readers NAME,model' compares corrections with the run as it is now; "
        "'review' shows what changed since it was accepted");
}

}  // namespace

void renew_readings(const std::filesystem::path& run,
                    const Ledger& ledger,
                    const RenewalOptions& options,
                    Talk& talk) {
    if (!std::filesystem::exists(run / kReadingsFile)) {
        return;
    }
    const RenewedCorrections corrections = renew_corrections(run, ledger, options);
    if (corrections.risks > 0) {
        talk.say("risk of " + std::to_string(corrections.risks) + " corrections changed");
    }
    if (corrections.renewed > 0) {
        talk.say(std::to_string(corrections.renewed) +
                 " corrected outlines measured again, as the run is now");
    }
    say_differences(corrections.overtaken, talk);
    if (corrections.outdated > 0) {
        std::cerr << "paraspinal: " << corrections.outdated
                  << " corrections belong to an earlier result and cannot be measured as the run "
                     "is now; their rows are the run's (review_status outdated)\n";
    }
}

}  // namespace paraspinal
