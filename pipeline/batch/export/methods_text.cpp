// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/export/methods_text.h"

#include "core/text.h"
#include "pipeline/batch/export/reporting_items.h"
#include "pipeline/batch/export/tripod_items.h"
#include "pipeline/study/quantities.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace paraspinal {
namespace {

std::int64_t count_of(const RunFacts& facts, std::string_view key, const std::string& value) {
    const auto found = facts.counts.find(key);
    if (found == facts.counts.end() || !found->second.contains(value)) {
        return 0;
    }
    return found->second.at(value);
}

std::string row(const std::string& what, std::int64_t count) {
    return "| " + what + " | " + std::to_string(count) + " |\n";
}

std::string flow(const RunFacts& facts) {
    std::string text = "## Study flow\n\n| | studies |\n|---|---|\n";
    text += row("found", facts.studies);
    text += row("not measured", facts.studies - facts.measured);
    std::vector<std::pair<std::string, std::int64_t>> reasons(facts.failures.begin(),
                                                              facts.failures.end());
    std::ranges::stable_sort(reasons,
                             [](const auto& a, const auto& b) { return a.second > b.second; });
    for (const auto& [reason, count] : reasons) {
        text += row("- " + (reason.empty() ? "without a reason" : with_spaces(reason)) + " (`" +
                        reason + "`)",
                    count);
    }
    text += row("measured", facts.measured);
    text += row("- without a doubt (`ok`)", count_of(facts, "status", "ok"));
    text += row("- with a doubt that a reader must see (`flagged`)",
                count_of(facts, "status", "flagged"));
    for (const std::string decision : {"accepted", "corrected", "outdated"}) {
        if (const std::int64_t count = count_of(facts, "review_status", decision); count > 0) {
            text += row("- " + decision + " by a reader", count);
        }
    }
    text += "\nThe studies are of " + std::to_string(facts.patients) + " patients";
    text += facts.without_patient > 0
                ? ", and " + std::to_string(facts.without_patient) + " without a patient ID.\n"
                : ".\n";
    const std::string flags = counts_text(facts, "qc_flags");
    return text + (flags.empty() ? "" : "Flags: " + flags + ".\n");
}

std::string in_studies(const RunFacts& facts, std::int64_t count) {
    return "In " + std::to_string(count) + " of " + std::to_string(facts.measured) +
           " measured studies ";
}

std::string slice_part(const RunFacts& facts) {
    std::string text =
        "**Slice.** The paraspinal muscles were measured on one axial T2-weighted slice a study, "
        "at " +
        counts_text(facts, "level") + ". ";
    if (const auto count = count_of(facts, "level_source", "sagittal"); count > 0) {
        text += in_studies(facts, count) +
                "the vertebrae were found on the sagittal T2-weighted series by a "
                "network";
        const std::string model = counts_text(facts, "spine_model");
        text += (model.empty() ? "" : " (" + model + ")") +
                ", and the slice nearest to the plane of the inferior endplate was taken; its "
                "distance from the center of that endplate, positive toward the head: " +
                range_text(facts, "slice_offset_mm", 1, "mm") +
                "; angle between slice and endplate: " +
                range_text(facts, "slice_tilt_deg", 1, "degrees") + ". ";
    }
    if (const auto count = count_of(facts, "level_source", "operator"); count > 0) {
        text += in_studies(facts, count) + "an operator chose the slice. ";
    }
    if (const auto count = count_of(facts, "level_source", "single_slice"); count > 0) {
        text += in_studies(facts, count) +
                "the only axial T2-weighted slice was taken, and the level is the one "
                "that was asked for [AUTHORS: who checked it?]. ";
    }
    return text + "\n\n";
}

std::string further_part(const RunFacts& facts) {
    std::string text;
    for (const auto& [level, count] : facts.levels) {
        text += (text.empty() ? "" : ", ") + level + " (" + std::to_string(count) + ")";
    }
    if (!text.empty()) {
        text = "At further levels, each on the slice nearest to its inferior endplate (studies): " +
               text + ". ";
    }
    if (facts.slices > 0) {
        text += "All axial T2-weighted slices were measured too: " + std::to_string(facts.slices) +
                " slices; areas across the spine are areas on the slice times the cosine of the "
                "angle at each muscle. ";
    }
    if (facts.volumes > 0) {
        text += "Volumes between two inferior endplates (" + std::to_string(facts.volumes) +
                ") are areas across the spine, integrated along each muscle by trapezoids "
                "(docs/levels_and_slices.md). ";
    }
    return text.empty() ? "" : "**Further slices.** " + text + "\n\n";
}

std::string outline_part(const RunFacts& facts) {
    std::string text =
        "**Outlines.** Multifidus and erector spinae of both sides, the psoas "
        "muscles and the vertebral body were outlined; source of the outlines: " +
        counts_text(facts, "outline_source") + ".";
    const std::string model = counts_text(facts, "outline_model");
    text += model.empty() ? "" : " Network, with its version and checksum: " + model + ".";
    if (const auto count = count_of(facts, "reading", "corrected"); count > 0) {
        text += " A reader corrected the outlines of " + std::to_string(count) +
                " studies, which were then measured again [AUTHORS: readers, experience, "
                "blinding].";
    }
    return text + "\n\n";
}

std::string fat_part(const RunFacts& facts) {
    const std::string methods = counts_text(facts, "fat_method");
    if (methods.empty()) {
        return "**Fat** was not measured.\n\n";
    }
    std::string text =
        "**Fat.** Pixels of the muscles at or above a threshold are fat; how it was "
        "found (docs/fat.md): " +
        methods + ".";
    const std::string evidence = counts_text(facts, "fat_evidence");
    text += evidence.empty() ? "" : " Place of the threshold: " + evidence + ".";
    const std::string guard = counts_text(facts, "fat_guard");
    text += guard.empty() ? "" : " Guard against splitting lean muscle: " + guard + ".";
    const std::string bias = counts_text(facts, "bias_corrected");
    text += bias.empty() ? "" : " Brightness of surface coils corrected (N4): " + bias + ".";
    return text + " Region: " + counts_text(facts, "roi") + ".\n\n";
}

std::string definitions() {
    std::string text = "**Quantities.** Area is pixel count x row spacing x column spacing. ";
    for (const Quantity& quantity : quantities()) {
        if (!quantity.definition.empty()) {
            text +=
                std::string(quantity.title) + ": " + std::string(quantity.definition) +
                (quantity.unit.text.empty() ? "" : " (" + std::string(quantity.unit.text) + ")") +
                ". ";
        }
    }
    return text +
           "Intervals of CSA, FDR and VB are 90 % intervals for outline and threshold "
           "(docs/intervals.md). The definitions of CSA, FA, FDR and VB are those of "
           "Yang et al. 2025.\n\n";
}

std::string risk_part(const RunFacts& facts) {
    const std::string models = counts_text(facts, "risk_model");
    if (models.empty()) {
        return {};
    }
    const std::string beside = counts_text(facts, "companion_model");
    const std::string imputed = counts_text(facts, "risk_imputed");
    return "**Risk.** Model card: " + models + (beside.empty() ? "" : "; beside it " + beside) +
           ". Predictors that were not given and averaged over: " +
           (imputed.empty() ? "none" : imputed) +
           ". [AUTHORS: whether the model is valid in your population]\n\n";
}

std::string images(const RunFacts& facts) {
    constexpr std::array<std::tuple<std::string_view, std::string_view, int, std::string_view>, 5>
        kRows{{{"field strength", "field_strength_t", 1, "T"},
               {"repetition time", "repetition_time_ms", 0, "ms"},
               {"echo time", "echo_time_ms", 0, "ms"},
               {"slice thickness", "slice_thickness_mm", 1, "mm"},
               {"distance between rows", "pixel_row_mm", 2, "mm"}}};
    std::string text = "## Images\n\nOf the measured slices.\n\n| | |\n|---|---|\n";
    text += "| manufacturer | " + counts_text(facts, "manufacturer") + " |\n";
    for (const auto& [title, key, decimals, unit] : kRows) {
        const std::string range = range_text(facts, key, decimals, unit);
        text += "| " + std::string(title) + " | " + (range.empty() ? "not stated" : range) + " |\n";
    }
    if (facts.without_acquisition > 0) {
        text += "\n" + std::to_string(facts.without_acquisition) +
                " measured studies have no measurement.json and are missing here.\n";
    }
    return text + "\n";
}

std::string references(const RunFacts& facts) {
    std::string text =
        "## References\n\n"
        "- Yang et al. 2025. doi:10.3389/fmed.2025.1514894\n"
        "- paraspinal " +
        counts_text(facts, "software_version") + "; CITATION.cff\n";
    if (count_of(facts, "bias_corrected", "yes") > 0) {
        text += "- N4: Tustison et al. 2010. doi:10.1109/TMI.2010.2046908\n";
    }
    return text +
           "- CLAIM 2024: Tejani et al. 2024. doi:10.1148/ryai.240300\n"
           "- TRIPOD+AI: Collins et al. 2024. doi:10.1136/bmj-2023-078378\n";
}

}  // namespace

std::string methods_text(const RunFacts& facts) {
    std::string text =
        "# Methods: a draft\n\nWritten by paraspinal from what the run holds. What only the "
        "authors know stands as [AUTHORS: ...]; read every sentence before it goes into a "
        "paper.\n\n";
    text += flow(facts);
    text += "\n## Measurement\n\n";
    if (facts.measured == 0) {
        return text + "No study was measured.\n";
    }
    text += slice_part(facts) + further_part(facts) + outline_part(facts) + fat_part(facts) +
            definitions() + risk_part(facts);
    text += "**Software.** paraspinal " + counts_text(facts, "software_version") + ".\n\n";
    text += images(facts);
    text += "## CLAIM 2024\n\nWhere the run has an answer, it names the paragraph above.\n\n" +
            items_table("CLAIM", claim_items(facts)) + "\n## TRIPOD+AI\n\n" +
            (facts.counts.contains("risk_model")
                 ? items_table("TRIPOD+AI", tripod_items(facts))
                 : std::string("It is about prediction models, of which this run used none.\n")) +
            "\n";
    return text + references(facts);
}

}  // namespace paraspinal
