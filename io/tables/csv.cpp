// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/tables/csv.h"

#include "core/error.h"
#include "core/text.h"
#include "io/tables/cell_text.h"
#include "io/tables/text_encoding.h"

#include <algorithm>
#include <array>
#include <set>

namespace paraspinal {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 18U;
constexpr int kEnd = -1;

[[noreturn]] void complain(std::size_t line, const std::string& complaint) {
    throw Error(ErrorCode::malformed_file, "line " + std::to_string(line) + ": " + complaint);
}

}  // namespace

CsvReader::CsvReader(const std::filesystem::path& file)
    : encoding_(text_encoding(file)), text_(encoding_) {
    std::error_code failure;
    if (!std::filesystem::exists(file, failure)) {
        throw Error(ErrorCode::input_not_found, "there is no file " + file.string());
    }
    stream_.open(file, std::ios::binary);
    if (!stream_ || std::filesystem::is_directory(file, failure)) {
        throw Error(ErrorCode::unreadable_file, "cannot read " + file.string());
    }
    peek();
    // Of what cannot be read twice the encoding is not known.
    const std::string_view start = std::string_view(block_).substr(0, 4);
    if (start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF") ||
        start.find('\0') != std::string_view::npos) {
        throw Error(ErrorCode::malformed_file, "the file is UTF-16; save it as UTF-8");
    }
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    position_ = block_.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    if (!read_separator_line()) {
        detect_separator();
    }
    if (!read_row()) {
        throw Error(ErrorCode::malformed_file, "the file has no header line");
    }
    if (ends_.size() > kMostCsvColumns) {
        complain(row_line_,
                 "has " + std::to_string(ends_.size()) + " columns, more than " +
                     std::to_string(kMostCsvColumns));
    }
    std::set<std::string> names;
    for (std::size_t i = 0; i < ends_.size(); ++i) {
        const std::string name(trimmed(cell(i)));
        if (!name.empty() && !names.insert(lower_case(name)).second) {
            complain(row_line_, "two columns are called " + name);
        }
        columns_.push_back(name);
    }
}

std::optional<std::size_t> CsvReader::column(std::string_view name) const {
    const std::string wanted = lower_case(name);
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (lower_case(columns_[i]) == wanted) {
            return i;
        }
    }
    return std::nullopt;
}

std::size_t CsvReader::required_column(std::string_view name) const {
    const std::optional<std::size_t> place = column(name);
    if (!place) {
        throw Error(ErrorCode::malformed_file, "there is no column " + std::string(name));
    }
    return *place;
}

bool CsvReader::next() {
    do {
        if (!read_row()) {
            return false;
        }
    } while (trimmed(row_).empty());  // Separators alone, as below a table in a spreadsheet.
    // Spreadsheets leave empty cells behind the last column.
    while (ends_.size() > columns_.size() && cell(ends_.size() - 1).empty()) {
        ends_.pop_back();
    }
    if (ends_.size() != columns_.size()) {
        complain(row_line_,
                 "has " + std::to_string(ends_.size()) + " cells, the header has " +
                     std::to_string(columns_.size()));
    }
    return true;
}

std::string_view CsvReader::cell(std::size_t column) const {
    const std::size_t begin = column == 0 ? 0 : ends_[column - 1];
    return std::string_view(row_).substr(begin, ends_[column] - begin);
}

std::optional<double> CsvReader::number(std::size_t column) const {
    const std::string_view text = trimmed(cell(column));
    if (is_missing_text(text)) {
        return std::nullopt;
    }
    const std::optional<double> value =
        cell_number(text, has_decimal_comma() ? DecimalMark::either : DecimalMark::point);
    if (!value) {
        throw Error(ErrorCode::malformed_file, place(column) + ": is not a number");
    }
    return value;
}

std::string CsvReader::place(std::size_t column) const {
    return "line " + std::to_string(row_line_) + ", column " + columns_[column];
}

int CsvReader::peek() {
    while (position_ == block_.size()) {
        std::string bytes(kBlockBytes, '\0');
        stream_.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        bytes.resize(static_cast<std::size_t>(stream_.gcount()));
        position_ = 0;
        block_ = text_.next(bytes);
        if (stream_.bad()) {
            throw Error(ErrorCode::unreadable_file, "the file cannot be read to its end");
        }
        if (bytes.empty()) {
            return kEnd;
        }
    }
    return static_cast<unsigned char>(block_[position_]);
}

int CsvReader::get() {
    const int letter = peek();
    position_ += letter == kEnd ? 0 : 1;
    return letter;
}

// Reads the next row that is not blank.
bool CsvReader::read_row() {
    while (peek() != kEnd) {
        row_.clear();
        ends_.clear();
        row_line_ = line_;
        read_line();
        if (ends_.size() > 1 || !trimmed(row_).empty()) {
            return true;
        }
    }
    return false;
}

void CsvReader::read_line() {
    for (int letter = get(); !ends_line(letter); letter = get()) {
        const bool cell_is_empty = row_.size() == (ends_.empty() ? 0 : ends_.back());
        if (letter == separator_) {
            end_cell();
        } else if (letter == '"' && cell_is_empty) {
            read_quoted();
        } else {
            row_.push_back(static_cast<char>(letter));
        }
    }
    end_cell();
}

// Whether `letter`, just read, ends the line; takes the second of "\r\n" as well.
bool CsvReader::ends_line(int letter) {
    if (letter == '\r' && peek() == '\n') {
        get();
    }
    const bool line_end = letter == '\n' || letter == '\r';
    line_ += line_end ? 1 : 0;
    return line_end || letter == kEnd;
}

void CsvReader::end_cell() {
    ends_.push_back(row_.size());
}

// Reads up to the closing quote; the opening one is gone already.
void CsvReader::read_quoted() {
    while (true) {
        const int letter = get();
        if (letter == kEnd) {
            complain(row_line_, "a quoted cell never ends");
        }
        if (letter == '"') {
            if (peek() != '"') {
                return;
            }
            get();
        }
        line_ += letter == '\n' ? 1 : 0;
        row_.push_back(static_cast<char>(letter));
    }
}

// "sep=;" as Excel writes it before the header; false when the file does not begin like that.
bool CsvReader::read_separator_line() {
    constexpr std::string_view kWord = "sep=";
    const std::string_view rest = std::string_view(block_).substr(position_);
    if (rest.size() <= kWord.size() + 1 || lower_case(rest.substr(0, kWord.size())) != kWord) {
        return false;
    }
    const char end = rest[kWord.size() + 1];
    if (end != '\n' && end != '\r') {
        return false;
    }
    separator_ = rest[kWord.size()];
    position_ += kWord.size() + 1;
    ends_line(get());
    return true;
}

// The commonest separator of the first line, quoted cells left out; a comma when there is none.
void CsvReader::detect_separator() {
    constexpr std::array kSeparators{',', ';', '\t'};
    std::array<int, kSeparators.size()> count{};
    bool quoted = false;
    for (std::size_t i = position_; i < block_.size(); ++i) {
        const char letter = block_[i];
        quoted = quoted != (letter == '"');
        if (!quoted && letter == '\n') {
            break;
        }
        for (std::size_t k = 0; k < kSeparators.size(); ++k) {
            count.at(k) += !quoted && letter == kSeparators.at(k) ? 1 : 0;
        }
    }
    separator_ =
        kSeparators.at(static_cast<std::size_t>(std::ranges::max_element(count) - count.begin()));
}

}  // namespace paraspinal
