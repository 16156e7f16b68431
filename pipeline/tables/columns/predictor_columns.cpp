// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/columns/predictor_columns.h"

#include "core/error.h"
#include "core/interval.h"
#include "core/text.h"
#include "io/tables/cell_text.h"
#include "pipeline/tables/columns/column_types.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace paraspinal {
namespace {

struct MeasuredColumns {
    std::string_view key;
    std::string_view low;
    std::string_view high;
};
constexpr std::array kMeasuredColumns{
    MeasuredColumns{.key = "csa_cm2", .low = "csa_low_cm2", .high = "csa_high_cm2"},
    MeasuredColumns{.key = "fdr_pct", .low = "fdr_low_pct", .high = "fdr_high_pct"},
    MeasuredColumns{.key = "vb_cm2", .low = "vb_low_cm2", .high = "vb_high_cm2"}};

using Values = std::vector<std::optional<RiskInput>>;

// A value of its kind; a cell that holds something else is unreadable.
std::optional<double> value_of(const TableReader& table,
                               std::size_t column,
                               PredictorKind kind,
                               UnreadableCells& unreadable) {
    const std::string_view text = trimmed(table.cell(column));
    if (is_missing_text(text)) {
        return std::nullopt;
    }
    const std::optional<double> value =
        kind == PredictorKind::binary ? parse_yes_no(text) : table.number(column);
    if (!value) {
        unreadable.add(
            table.line(),
            table.headers()[column],
            text,
            kind == PredictorKind::binary ? "is neither yes nor no" : no_number_text(text));
    }
    return value;
}

}  // namespace

PredictorColumns::PredictorColumns(const TableReader& table, const RiskModel& model)
    : predictors_(model.predictors.size()) {
    if (table.column("level_source")) {
        level_ = table.column("level");
    }
    for (std::size_t i = 0; i < model.predictors.size(); ++i) {
        const Predictor& predictor = model.predictors[i];
        std::optional<std::size_t> value = table.column(predictor.key);
        if (!value && predictor.key == "age_years") {
            value = table.column("patient_age_years");
        }
        if (!value) {
            without_column_.push_back(predictor.key);
            continue;
        }
        Source source{.predictor = i, .kind = predictor.kind, .value = *value};
        for (const MeasuredColumns& measured : kMeasuredColumns) {
            if (measured.key == predictor.key) {
                source.is_measured = true;
                source.low = table.column(measured.low);
                source.high = table.column(measured.high);
            }
        }
        sources_.push_back(source);
    }
}

bool PredictorColumns::is_other_level(const TableReader& table) const {
    const std::string_view level = level_ ? trimmed(table.cell(*level_)) : std::string_view();
    return !level.empty() && level != "L3";
}

void PredictorColumns::read(const TableReader& table,
                            Values& values,
                            UnreadableCells& unreadable) const {
    const bool without_measured = is_other_level(table);
    for (const Source& source : sources_) {
        if (without_measured && source.is_measured) {
            continue;
        }
        const std::optional<double> value = value_of(table, source.value, source.kind, unreadable);
        if (!value) {
            continue;
        }
        RiskInput input{.value = *value};
        if (source.low && source.high) {
            const std::optional<double> low = value_of(table, *source.low, source.kind, unreadable);
            const std::optional<double> high =
                value_of(table, *source.high, source.kind, unreadable);
            if (low && high) {
                input = measured_input(
                    *value, {.low = *low, .high = *high, .coverage = kMeasurementCoverage});
            }
        }
        values[source.predictor] = input;
    }
}

void require_predictors(const TableReader& table,
                        const PredictorColumns& columns,
                        const RiskModel& model) {
    if (columns.without_column().size() < model.predictors.size()) {
        return;
    }
    constexpr std::size_t kNamed = 3;
    constexpr std::size_t kLongest = 30;
    std::string names;
    for (std::size_t i = 0; i < std::min(kNamed, table.columns().size()); ++i) {
        names += (i == 0 ? "'" : ", '") + table.columns()[i].substr(0, kLongest) + "'";
    }
    throw Error(ErrorCode::malformed_file,
                "none of the columns that the table's first line names (" + names +
                    (table.columns().size() > kNamed ? ", ..." : "") + ") is a predictor of " +
                    model.name +
                    "; that line must hold the names of the columns, without a title above");
}

void require_readable(TableReader table, const PredictorColumns& columns) {
    UnreadableCells unreadable;
    Values values(columns.predictors());
    while (table.next()) {
        columns.read(table, values, unreadable);
    }
    unreadable.refuse();
}

bool is_image_value(std::string_view key) {
    return std::ranges::find(kMeasuredColumns, key, &MeasuredColumns::key) !=
           kMeasuredColumns.end();
}

Values with_measured(const RiskModel& model,
                     Values clinical,
                     std::span<const std::optional<RiskInput>> measured) {
    for (std::size_t i = 0; i < clinical.size(); ++i) {
        if (measured[i] && (is_image_value(model.predictors[i].key) || !clinical[i])) {
            clinical[i] = measured[i];
        }
    }
    return clinical;
}

bool lacks_image_values(const RiskModel& model, const std::vector<std::string>& imputed) {
    const auto has = [](const auto& keys, std::string_view key) {
        return std::ranges::find(keys, key) != keys.end();
    };
    bool some = false;
    for (const MeasuredColumns& measured : kMeasuredColumns) {
        const bool is_predictor = predictor_index(model, measured.key).has_value();
        some = some || is_predictor;
        if (is_predictor && !has(imputed, measured.key)) {
            return false;
        }
    }
    return some;
}

}  // namespace paraspinal
