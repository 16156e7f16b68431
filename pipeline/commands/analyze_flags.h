// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/report/write_outputs.h"
#include "pipeline/study/analyze_study.h"
#include "pipeline/tables/clinical_table.h"
#include "risk/model/estimate_risk.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <optional>
#include <string>

namespace paraspinal {

/// The options that `measure` and `batch` share, as typed.
struct AnalyzeFlags {
    std::optional<std::string> slice_uid;
    std::optional<std::string> series_uid;
    std::string level = "L3";
    std::optional<std::string> fat_method;
    std::optional<double> fat_threshold;
    std::optional<double> fat_share;
    std::string roi = "fascial";
    bool no_bias_correction = false;
    std::filesystem::path clinical_file;  ///< Empty: no risk.
    std::string risk_model = "yang2025";
    std::filesystem::path deidentify_key;  ///< Empty: DICOM objects say who it is.
};

/// Adds them to `command`; `flags` must outlive the parsing.
void add_analyze_flags(CLI::App& command, AnalyzeFlags& flags);

/// Adds `--deidentify` to a command that writes DICOM objects; likewise.
void add_deidentify_flag(CLI::App& command, AnalyzeFlags& flags);

/// What they mean together. Throws Error usage where they contradict each other.
AnalyzeOptions analyze_options(const AnalyzeFlags& flags);

/// What `--write list` asks for together with them. Throws Error usage, and as read_pseudonyms.
OutputOptions output_options(const std::string& list, const AnalyzeFlags& flags);

/// What risk needs; absent without a clinical file.
struct RiskSetup {
    RiskEstimator estimator;
    ClinicalTable clinical;
};

/// Reads the clinical file and the model card. Throws as read_clinical_table and load_risk_model.
std::optional<RiskSetup> risk_setup(const AnalyzeFlags& flags);

}  // namespace paraspinal
