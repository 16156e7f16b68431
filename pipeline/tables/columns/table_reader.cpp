// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/columns/table_reader.h"

#include "core/error.h"
#include "core/text.h"
#include "io/tables/cell_text.h"
#include "io/tables/csv.h"
#include "io/tables/decimal_marks.h"
#include "io/tables/read_statistics_file.h"
#include "io/tables/read_xlsx.h"
#include "pipeline/tables/columns/column_names.h"

#include <algorithm>
#include <fstream>
#include <utility>

namespace paraspinal {

class RowSource {
  public:
    RowSource() = default;
    RowSource(const RowSource&) = delete;
    RowSource(RowSource&&) = delete;
    RowSource& operator=(const RowSource&) = delete;
    RowSource& operator=(RowSource&&) = delete;
    virtual ~RowSource() = default;

    [[nodiscard]] virtual const std::vector<std::string>& headers() const = 0;
    virtual bool next() = 0;
    [[nodiscard]] virtual std::size_t line() const = 0;
    [[nodiscard]] virtual std::string_view cell(std::size_t column) const = 0;
    [[nodiscard]] virtual DecimalMark decimal_mark(std::size_t /*column*/) const {
        return DecimalMark::point;
    }
    [[nodiscard]] virtual std::string_view assumed_encoding() const { return {}; }
};

namespace {

class CsvSource : public RowSource {
  public:
    explicit CsvSource(CsvReader csv) : csv_(std::move(csv)) {}
    [[nodiscard]] const std::vector<std::string>& headers() const override {
        return csv_.columns();
    }
    bool next() override { return csv_.next(); }
    [[nodiscard]] std::size_t line() const override { return csv_.line(); }
    [[nodiscard]] std::string_view cell(std::size_t column) const override {
        return csv_.cell(column);
    }
    [[nodiscard]] std::string_view assumed_encoding() const override {
        return csv_.assumed_encoding();
    }

  private:
    CsvReader csv_;
};

class MemorySource : public RowSource {
  public:
    explicit MemorySource(TableRows table) : table_(std::move(table)) {}
    MemorySource(TableRows table, std::vector<DecimalMark> marks, std::string_view encoding)
        : table_(std::move(table)), marks_(std::move(marks)), assumed_encoding_(encoding) {}
    [[nodiscard]] const std::vector<std::string>& headers() const override {
        return table_.columns;
    }
    bool next() override { return ++row_ <= table_.rows.size(); }
    [[nodiscard]] std::size_t line() const override { return table_.numbers[row_ - 1]; }
    [[nodiscard]] std::string_view cell(std::size_t column) const override {
        return table_.rows[row_ - 1][column];
    }
    [[nodiscard]] DecimalMark decimal_mark(std::size_t column) const override {
        return marks_.empty() ? DecimalMark::point : marks_[column];
    }
    [[nodiscard]] std::string_view assumed_encoding() const override { return assumed_encoding_; }

  private:
    TableRows table_;
    std::vector<DecimalMark> marks_;  // None: points throughout.
    std::string_view assumed_encoding_;
    std::size_t row_ = 0;  // From 1, once there was a next().
};

// All of a CSV, for its last number may tell what a comma in the first one means.
std::unique_ptr<RowSource> in_memory(CsvReader csv) {
    TableRows table{.columns = csv.columns(), .rows = {}, .numbers = {}};
    while (csv.next()) {
        std::vector<std::string>& row = table.rows.emplace_back();
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            row.emplace_back(csv.cell(i));
        }
        table.numbers.push_back(csv.line());
    }
    std::vector<DecimalMark> marks = decimal_marks(table);
    return std::make_unique<MemorySource>(
        std::move(table), std::move(marks), csv.assumed_encoding());
}

bool is_zip(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return stream.get() == 'P' && stream.get() == 'K' && stream.get() == '\x03';
}

std::unique_ptr<RowSource> open_table(const std::filesystem::path& file, const std::string& sheet) {
    const std::string ending = lower_case(file.extension().string());
    if (ending == ".xlsx" || ending == ".xlsm" || ending == ".xls" || ending == ".ods" ||
        is_zip(file)) {
        return std::make_unique<MemorySource>(read_xlsx(file, sheet));
    }
    if (ending == ".sav" || ending == ".zsav" || ending == ".dta") {
        return std::make_unique<MemorySource>(read_statistics_file(file));
    }
    CsvReader csv(file);
    return csv.has_decimal_comma() ? in_memory(std::move(csv))
                                   : std::make_unique<CsvSource>(std::move(csv));
}

}  // namespace

TableReader::TableReader(const std::filesystem::path& file, const TableOptions& options)
    : source_(open_table(file, options.sheet)),
      headers_(source_->headers()),
      columns_(named_columns(headers_, read_column_map(options.map))) {}

TableReader::TableReader(TableReader&&) noexcept = default;
TableReader& TableReader::operator=(TableReader&&) noexcept = default;
TableReader::~TableReader() = default;

std::optional<std::size_t> column_among(std::string_view name,
                                        const std::vector<std::string>& columns,
                                        const std::vector<std::string>& headers) {
    const auto place_in = [](const std::vector<std::string>& names, const std::string& wanted) {
        const auto found = std::ranges::find_if(
            names, [&](const std::string& one) { return lower_case(one) == wanted; });
        return found == names.end()
                   ? std::nullopt
                   : std::optional(static_cast<std::size_t>(found - names.begin()));
    };
    const std::string wanted = lower_case(trimmed(name));
    if (const auto place = place_in(columns, wanted)) {
        return place;
    }
    if (const auto place = place_in(headers, wanted)) {
        return place;
    }
    return place_in(columns, lower_case(known_column(wanted)));
}

std::optional<std::size_t> TableReader::column(std::string_view name) const {
    return column_among(name, columns_, headers_);
}

std::size_t TableReader::required_column(std::string_view name) const {
    const std::optional<std::size_t> place = column(name);
    if (!place) {
        throw Error(ErrorCode::malformed_file, "the table " + no_column_text(name, headers_));
    }
    return *place;
}

bool TableReader::next() {
    return source_->next();
}

std::size_t TableReader::line() const {
    return source_->line();
}

std::string_view TableReader::cell(std::size_t column) const {
    return source_->cell(column);
}

std::optional<double> TableReader::number(std::size_t column) const {
    const std::string_view text = trimmed(cell(column));
    return is_missing_text(text) ? std::nullopt : cell_number(text, source_->decimal_mark(column));
}

std::string_view TableReader::assumed_encoding() const {
    return source_->assumed_encoding();
}

void UnreadableCells::add(std::size_t line,
                          std::string_view column,
                          std::string_view text,
                          std::string_view what) {
    constexpr std::size_t kMostNamed = 200;
    ++count_;
    if (places_.size() < kMostNamed) {
        places_.push_back("line " + std::to_string(line) + ", column " + std::string(column) +
                          ": " + shown_cell(text) + " " + std::string(what));
    }
}

std::string UnreadableCells::places() const {
    return joined(places_, "; ") + (count_ > places_.size() ? "; ..." : "");
}

std::string UnreadableCells::text() const {
    return (count_ == 1 ? "a cell" : std::to_string(count_) + " cells") +
           " cannot be read: " + places();
}

void UnreadableCells::refuse() const {
    if (count_ > 0) {
        throw Error(ErrorCode::malformed_file, text());
    }
}

}  // namespace paraspinal
