// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/norms/norms_card.h"

#include "risk/model/json_reader_internal.h"
#include "risk/norms/fit_age_curve.h"

#include <cstddef>

namespace paraspinal {
namespace {

// Members in the order in which they are written.
using Json = nlohmann::ordered_json;

constexpr const char* kSchema = "paraspinal-norms";
constexpr int kFormatVersion = 1;

Json curve_json(const NormsCurve& one) {
    const AgeCurve& curve = one.curve;
    return {{"sex", one.sex},
            {"quantity", one.quantity},
            {"is_share", curve.is_share},
            {"controls", curve.controls},
            {"age_low_years", curve.age_low_years},
            {"age_high_years", curve.age_high_years},
            {"age_center_years", curve.age_center_years},
            {"age_gaps", curve.age_gaps},
            {"scale", norm_scale_name(curve.scale)},
            {"mean", curve.mean},
            {"mean_covariance", curve.mean_covariance},
            {"log_sd", curve.log_sd},
            {"log_sd_covariance", curve.log_sd_covariance},
            {"log_likelihood", curve.log_likelihood},
            {"bic", curve.bic},
            {"skewness", curve.skewness}};
}

// Between `least` and `most` of them.
std::vector<double> numbers_of(const JsonReader& list, std::size_t least, std::size_t most) {
    std::vector<double> numbers;
    for (const JsonReader& item : list.items()) {
        numbers.push_back(item.number());
    }
    list.require(numbers.size() >= least && numbers.size() <= most, "has too few or many numbers");
    return numbers;
}

std::vector<double> covariance_of(const JsonReader& list, std::size_t terms) {
    std::vector<double> entries = numbers_of(list, terms * terms, terms * terms);
    for (std::size_t i = 0; i < terms; ++i) {
        list.require(entries[i * terms + i] >= 0, "has a variance below 0");
    }
    return entries;
}

NormsCurve read_curve(const JsonReader& card) {
    const auto scale = norm_scale_named(card.at("scale").text());
    card.at("scale").require(scale.has_value(), "must be raw, square_root, log or logit");
    NormsCurve one{.sex = card.at("sex").text(), .quantity = card.at("quantity").text()};
    card.at("sex").require(one.sex == "F" || one.sex == "M", "must be F or M");
    AgeCurve& curve = one.curve;
    curve.scale = *scale;
    curve.is_share = card.at("is_share").yes_or_no();
    curve.controls = card.at("controls").count();
    card.at("controls").require(curve.controls >= kFewestControls, "are too few for a curve");
    curve.age_low_years = card.at("age_low_years").number();
    curve.age_high_years = card.at("age_high_years").number();
    card.at("age_high_years")
        .require(curve.age_low_years < curve.age_high_years, "must be above age_low_years");
    curve.age_center_years = card.at("age_center_years").number();
    for (const JsonReader& gap : card.at("age_gaps").items()) {
        const std::vector<double> ends = numbers_of(gap, 2, 2);
        curve.age_gaps.emplace_back(ends[0], ends[1]);
    }
    curve.mean = numbers_of(card.at("mean"), 2, 3);
    curve.mean_covariance = covariance_of(card.at("mean_covariance"), curve.mean.size());
    curve.log_sd = numbers_of(card.at("log_sd"), 1, 2);
    curve.log_sd_covariance = covariance_of(card.at("log_sd_covariance"), curve.log_sd.size());
    curve.log_likelihood = card.at("log_likelihood").number();
    curve.bic = card.at("bic").number();
    curve.skewness = card.at("skewness").number();
    return one;
}

}  // namespace

std::string norms_json(const NormsCard& card) {
    Json json{{"schema", kSchema},
              {"format_version", kFormatVersion},
              {"software_version", card.software_version},
              {"method",
               {{"level", card.method.level},
                {"outline_model", card.method.outline_model},
                {"roi", card.method.roi},
                {"fat_method", card.method.fat_method},
                {"fat_guard", card.method.fat_guard},
                {"software_version", card.method.software_version},
                {"pixel_low_mm", card.method.pixel_low_mm},
                {"pixel_high_mm", card.method.pixel_high_mm}}},
              {"rows", card.rows},
              {"entered", card.entered},
              {"left_out", card.left_out},
              {"curves", Json::array()}};
    for (const NormsCurve& curve : card.curves) {
        json["curves"].push_back(curve_json(curve));
    }
    return json.dump(2) + "\n";
}

NormsCard parse_norms(std::string_view text) {
    const nlohmann::json json = parse_json(text);
    const JsonReader reader(json, "");
    reader.at("schema").require(reader.at("schema").text() == kSchema,
                                "is not that of a card of 'paraspinal norms fit'");
    reader.at("format_version")
        .require(reader.at("format_version").count() == kFormatVersion,
                 "is of another version of paraspinal; make the card again");
    const JsonReader method = reader.at("method");
    NormsCard card{.software_version = reader.at("software_version").text(),
                   .method = {.level = method.at("level").text(),
                              .outline_model = method.at("outline_model").text(),
                              .roi = method.at("roi").text(),
                              .fat_method = method.at("fat_method").text(),
                              .fat_guard = method.at("fat_guard").text(),
                              .software_version = method.at("software_version").text(),
                              .pixel_low_mm = method.at("pixel_low_mm").number(),
                              .pixel_high_mm = method.at("pixel_high_mm").number()},
                   .rows = reader.at("rows").count(),
                   .entered = reader.at("entered").count(),
                   .digest = short_hash(text)};
    const JsonReader left_out = reader.at("left_out");
    for (const auto& [reason, count] : json.at("left_out").items()) {
        card.left_out[reason] = left_out.at(reason).count();
    }
    for (const JsonReader& item : reader.at("curves").items()) {
        card.curves.push_back(read_curve(item));
    }
    reader.at("curves").require(!card.curves.empty(), "must not be empty");
    return card;
}

}  // namespace paraspinal
