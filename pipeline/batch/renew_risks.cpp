// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/renew_risks.h"

#include "core/error.h"
#include "core/flag.h"
#include "core/text.h"
#include "io/output_file.h"
#include "io/read_file.h"
#include "pipeline/batch/open_ledger.h"
#include "pipeline/report/json/measurement_json.h"
#include "pipeline/report/outcome_text.h"
#include "pipeline/report/tables/measurement_columns.h"
#include "pipeline/study/quantities.h"
#include "pipeline/tables/columns/predictor_columns.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

RiskSubject subject_of(const NamedCells& line) {
    const auto number = [&line](std::string_view column) { return parse_number(line.get(column)); };
    RiskSubject subject{
        .patient = {.id = line.get("patient_id"),
                    .sex = line.get("patient_sex"),
                    .age_years = number("patient_age_years")},
        .accession_number = line.get("accession_number"),
        .study_date = line.get("study_date"),
        .level = line.get("level"),
        .measured = {},
        .roi = line.get("roi"),
        .fat_method = line.get("fat_method"),
        .fat_guard = line.get("fat_guard"),
        .deformed_bodies = static_cast<int>(number("deformed_bodies_low").value_or(0)),
        .id_is_of_several = names_flag(line.get("qc_flags"), Flag::patient_id_contradiction),
        .accession_is_of_several =
            names_flag(line.get("qc_flags"), Flag::accession_number_contradiction)};
    for (const Quantity& quantity : quantities()) {
        const std::optional<double> value = number(quantity.name);
        if (!value) {
            continue;
        }
        RiskSubject::Measured& measured = subject.measured[std::string(quantity.name)];
        measured.value = *value;
        const std::optional<double> low = number(low_name(quantity));
        const std::optional<double> high = number(high_name(quantity));
        if (low && high) {
            measured.interval =
                Interval{.low = *low, .high = *high, .coverage = kMeasurementCoverage};
        }
    }
    return subject;
}

FoundRisk found_for(const NamedCells& line, const RiskSource& source) {
    return source.estimator == nullptr
               ? FoundRisk()
               : find_risk(subject_of(line), *source.estimator, *source.clinical);
}

// The names of all flags of `line`, with those of `found` for its own about the risk.
std::string flag_names_with(const FoundRisk& found, const NamedCells& line) {
    std::vector<std::string> names = split(line.get("qc_flags"), ';');
    std::erase_if(
        names, [](const std::string& name) { return name.empty() || is_flag_of_estimate(name); });
    for (const QcFlag& flag : found.flags) {
        names.emplace_back(flag.name());
    }
    std::ranges::sort(names);
    return joined(names, ";");
}

NamedCells with_found(NamedCells line, const FoundRisk& found) {
    const std::string all_flags = flag_names_with(found, line);
    StudyReport report;  // The columns of the risk look at nothing else.
    report.risk = found.estimate;
    report.flags = found.flags;
    if (names_flag(line.get("qc_flags"), Flag::accession_number_contradiction)) {
        report.flags.insert(report.flags.begin(), {Flag::accession_number_contradiction, {}});
    }
    const StudyOutcome outcome = std::move(report);
    for (const MeasurementColumn& column : measurement_column_table()) {
        if (std::ranges::find(kRiskColumns, column.name) == kRiskColumns.end()) {
            continue;
        }
        std::string text = column.name == "qc_flags" ? all_flags : column.text(outcome, "");
        // An older version had fewer columns, which says nothing about the risk.
        if (text != line.get(column.name)) {
            line.set(column.name, std::move(text));
        }
    }
    return line;
}

// True when it was another one.
bool replace(const fs::path& file, const std::string& old, const std::string& text) {
    if (text == old) {
        return false;
    }
    write_file(file, text);
    return true;
}

// Renews what the folder and the ledger hold of one study; true when anything of it changes.
bool renew(const std::string& study_uid,
           Ledger& ledger,
           const BatchOptions& options,
           const RiskSource& source) {
    LedgerEntry entry = ledger.entry(study_uid).value();
    StudyRecord record = parse_record(entry.record);
    bool is_damaged = false;
    bool is_changed = false;
    if (record.status != "failed") {
        const FoundRisk found = found_for(record.measurement, source);
        record.measurement = with_found(std::move(record.measurement), found);
        const fs::path file = record_path(options.folder, study_uid);
        const fs::path measurement = file.parent_path() / "measurement.json";
        remove_unfinished_files(file.parent_path());
        try {
            if (const std::optional<std::string> json = read_file(measurement)) {
                is_changed = replace(measurement, *json, with_risk(*json, found));
            }
        } catch (const Error& error) {
            is_damaged = error.code() == ErrorCode::malformed_file;
            if (!is_damaged) {
                throw;
            }
        }
        entry.record = record_json(record);
        if (const std::optional<std::string> json = read_file(file)) {
            is_changed = replace(file, *json, entry.record) || is_changed;
        }
    }
    ledger.store(entry, options.risk_fingerprint);
    if (is_damaged) {
        ledger.begin_again(study_uid);
    }
    return is_changed;
}

}  // namespace

bool rests_on_tables(const RiskModel& model) {
    return std::ranges::all_of(quantities(), [&model](const Quantity& quantity) {
        return quantity.interval == nullptr || is_image_value(quantity.name) ||
               !predictor_index(model, quantity.name);
    });
}

NamedCells with_risk(NamedCells line, const RiskSource& source) {
    const FoundRisk found = found_for(line, source);
    return with_found(std::move(line), found);
}

RenewedRisks renew_risks(Ledger& ledger,
                         const BatchOptions& options,
                         const RiskSource& source,
                         const std::function<bool()>& should_stop) {
    // A transaction waits for the disk; what is not in one yet is done again after a crash.
    constexpr std::size_t kStudiesInTransaction = 500;
    RenewedRisks renewed;
    if (options.risk_fingerprint.empty()) {
        return renewed;
    }
    const std::vector<std::string> studies =
        ledger.begin_risks(options.options_fingerprint, options.risk_fingerprint);
    for (std::size_t begin = 0; begin < studies.size() && !should_stop();
         begin += kStudiesInTransaction) {
        const std::size_t end = std::min(begin + kStudiesInTransaction, studies.size());
        ledger.in_one_transaction([&] {
            for (std::size_t i = begin; i < end; ++i) {
                renewed.changed += renew(studies[i], ledger, options, source) ? 1 : 0;
            }
        });
        renewed.estimated += static_cast<std::int64_t>(end - begin);
    }
    return renewed;
}

}  // namespace paraspinal
