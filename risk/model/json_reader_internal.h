// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// Private to risk/: included by .cpp files only.
#pragma once

#include "core/error.h"
#include "core/text.h"

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

namespace paraspinal {

/// A JSON value that knows where in the document it stands, so that every complaint names the
/// field. All members throw Error malformed_file.
class JsonReader {
  public:
    JsonReader(const nlohmann::json& value, std::string path)
        : value_(&value), path_(std::move(path)) {}

    /// The member called `name`, which must be there.
    [[nodiscard]] JsonReader at(const std::string& name) const {
        require(value_->is_object(), "must be an object");
        const std::string path = path_.empty() ? name : path_ + "." + name;
        const auto found = value_->find(name);
        if (found == value_->end()) {
            throw Error(ErrorCode::malformed_file, path + ": is missing");
        }
        return {*found, path};
    }
    [[nodiscard]] bool has(const std::string& name) const { return value_->contains(name); }

    [[nodiscard]] std::string text() const {
        require(value_->is_string(), "must be a text");
        return value_->get<std::string>();
    }
    [[nodiscard]] std::string text_or_empty(const std::string& name) const {
        return has(name) ? at(name).text() : std::string();
    }
    [[nodiscard]] double number() const {
        require(value_->is_number(), "must be a number");
        return value_->get<double>();
    }
    [[nodiscard]] bool yes_or_no() const {
        require(value_->is_boolean(), "must be true or false");
        return value_->get<bool>();
    }
    [[nodiscard]] int count() const {
        require(value_->is_number_unsigned(), "must be a whole number, 0 or more");
        const auto number = value_->get<std::uint64_t>();
        require(number <= 1'000'000'000, "is too large");
        return static_cast<int>(number);
    }
    [[nodiscard]] std::vector<JsonReader> items() const {
        require(value_->is_array(), "must be a list");
        std::vector<JsonReader> all;
        all.reserve(value_->size());
        for (const auto& item : *value_) {
            all.emplace_back(item, path_ + "[" + std::to_string(all.size()) + "]");
        }
        return all;
    }
    /// Complains about this field unless `condition` holds.
    void require(bool condition, const std::string& complaint) const {
        if (!condition) {
            throw Error(ErrorCode::malformed_file,
                        (path_.empty() ? std::string("document") : path_) + ": " + complaint);
        }
    }

  private:
    const nlohmann::json* value_;
    std::string path_;
};

/// `text` as JSON. Throws Error malformed_file with the byte at which it stops being JSON, and for
/// a document that is_json_too_deep.
inline nlohmann::json parse_json(std::string_view text) {
    if (is_json_too_deep(text)) {
        throw Error(ErrorCode::malformed_file, "lists and objects are nested too deeply");
    }
    try {
        return nlohmann::json::parse(text);
    } catch (const nlohmann::json::parse_error& error) {
        throw Error(ErrorCode::malformed_file,
                    "not valid JSON at byte " + std::to_string(error.byte));
    } catch (const nlohmann::json::exception&) {
        throw Error(ErrorCode::malformed_file, "a number is beyond what a computer can hold");
    }
}

}  // namespace paraspinal
