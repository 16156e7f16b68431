// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/analyze_flags.h"

#include "core/error.h"
#include "io/pseudonyms.h"
#include "pipeline/study/version.h"
#include "risk/model/load_risk_model.h"

#include <utility>

namespace paraspinal {

void add_analyze_flags(CLI::App& command, AnalyzeFlags& flags) {
    command.add_option("--slice", flags.slice_uid, "Measure this SOP instance (UID, or UID#frame)")
        ->type_name("UID");
    command.add_option("--series", flags.series_uid, "Look at this series only")->type_name("UID");
    command.add_option("--level", flags.level, "Vertebra whose inferior endplate is meant")
        ->check(CLI::IsMember({"L1", "L2", "L3", "L4", "L5"}))
        ->type_name("L1..L5")
        ->capture_default_str();
    command
        .add_option(
            "--fat-method", flags.fat_method, "How the fat threshold is found (docs/fat.md)")
        ->type_name("NAME");
    command
        .add_option(
            "--fat-threshold", flags.fat_threshold, "Fat from this stored value on, as in ImageJ")
        ->type_name("VALUE");
    command
        .add_option("--fat-share", flags.fat_share, "Fat from this share of the way to skin fat")
        ->type_name("SHARE");
    command.add_option("--roi", flags.roi, "With or without the fat between muscle and fascia")
        ->check(CLI::IsMember({"fascial", "muscle"}))
        ->type_name("NAME")
        ->capture_default_str();
    command.add_flag("--no-bias-correction",
                     flags.no_bias_correction,
                     "Leave the brightness of surface coils as it is");
    command
        .add_option("--clinical", flags.clinical_file, "Clinical values by patient_id (CSV, JSON)")
        ->type_name("FILE");
    command.add_option("--risk-model", flags.risk_model, "Model card, by name or file")
        ->type_name("NAME")
        ->capture_default_str();
}

void add_deidentify_flag(CLI::App& command, AnalyzeFlags& flags) {
    command
        .add_option("--deidentify", flags.deidentify_key, "Hide who it is in seg, sr and sc (key)")
        ->type_name("KEYFILE");
}

AnalyzeOptions analyze_options(const AnalyzeFlags& flags) {
    AnalyzeOptions options;
    options.slice = {
        .series_uid = flags.series_uid, .slice_uid = flags.slice_uid, .level = flags.level};
    options.measure.bias.enabled = !flags.no_bias_correction;
    if (flags.fat_method) {
        options.measure.fat.method = fat_method_from_name(*flags.fat_method);
    }
    options.measure.roi = muscle_roi_from_name(flags.roi);
    if (flags.fat_share) {
        if (options.measure.fat.method != FatMethod::reference) {
            throw Error(ErrorCode::usage, "--fat-share belongs to --fat-method reference");
        }
        options.measure.fat.reference_share = *flags.fat_share;
    }
    if (flags.fat_threshold) {
        if (flags.fat_method && options.measure.fat.method != FatMethod::fixed) {
            throw Error(ErrorCode::usage,
                        "--fat-threshold is a fixed threshold and cannot be combined with "
                        "--fat-method " +
                            *flags.fat_method);
        }
        options.measure.fat.method = FatMethod::fixed;
        options.measure.fat.fixed_threshold = *flags.fat_threshold;
        // A threshold read off in ImageJ refers to the stored values.
        options.measure.bias.enabled = false;
    } else if (options.measure.fat.method == FatMethod::fixed) {
        throw Error(ErrorCode::usage, "--fat-method fixed needs --fat-threshold VALUE");
    }
    return options;
}

OutputOptions output_options(const std::string& list, const AnalyzeFlags& flags) {
    OutputOptions options = output_options(list, std::string(software_version()));
    if (!flags.deidentify_key.empty()) {
        if (!has_dicom_object(options)) {
            throw Error(ErrorCode::usage,
                        "--deidentify is about DICOM objects; add seg, sr or sc to --write. Tables "
                        "get pseudonyms from 'paraspinal export --pseudonymize'");
        }
        options.pseudonyms = read_pseudonyms(flags.deidentify_key, DateRule::drop);
    }
    return options;
}

std::optional<RiskSetup> risk_setup(const AnalyzeFlags& flags) {
    if (flags.clinical_file.empty()) {
        return std::nullopt;
    }
    RiskModel model = load_risk_model(flags.risk_model);
    ClinicalTable clinical = read_clinical_table(flags.clinical_file, model);
    return RiskSetup{.estimator = RiskEstimator(std::move(model)), .clinical = std::move(clinical)};
}

}  // namespace paraspinal
