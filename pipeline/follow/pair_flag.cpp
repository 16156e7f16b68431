// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/follow/pair_flag.h"

#include "core/error.h"
#include "core/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace paraspinal {
namespace {

constexpr std::array kFlags{
    PairFlag{"level_differs", Concern::everything, "measured at two levels"},
    PairFlag{"roi_differs", Concern::everything, "with and without epimuscular fat (--roi)"},
    PairFlag{
        "outline_model_differs", Concern::everything, "outlined by two versions of the network"},
    PairFlag{"patients_differ",
             Concern::everything,
             "a named pair whose sexes differ, or whose ages do not fit their dates"},
    PairFlag{"fat_method_differs",
             Concern::fat,
             "two fat methods, fixed thresholds (--fat-threshold) or shares of the way to fat "
             "(--fat-share), or --no-bias-correction at one of them"},
    PairFlag{"fat_guard_differs", Concern::fat, "--fat-guard off at one of them"},
    PairFlag{"patient_ids_differ",
             Concern::doubt,
             "two patient IDs: of a named pair, or in case, blanks or leading zeros"},
    PairFlag{"patient_id_contradiction",
             Concern::doubt,
             "a named pair, where the patient ID of one of them is that of several people"},
    PairFlag{
        "outlines_by_hand",
        Concern::doubt,
        "drawn or corrected by people: how far these differ from themselves is not known here; "
        "give --mdc of your readers"},
    PairFlag{"software_version_differs", Concern::doubt, "two versions of the program"},
    PairFlag{"manufacturer_differs", Concern::doubt, "scanners of two makers (0008,0070)"},
    PairFlag{"manufacturer_model_differs", Concern::doubt, "two models of scanner (0008,1090)"},
    PairFlag{"field_strength_differs", Concern::doubt, "by more than 0.2 T (0018,0087)"},
    PairFlag{"scanning_sequence_differs", Concern::doubt, "another kind of sequence (0018,0020)"},
    PairFlag{"echo_time_differs", Concern::doubt, "by more than 15 % (0018,0081)"},
    PairFlag{"repetition_time_differs", Concern::doubt, "by more than 25 % (0018,0080)"},
    PairFlag{"resolution_differs", Concern::doubt, "pixel sides by more than 10 %"},
    PairFlag{"slice_thickness_differs", Concern::doubt, "by more than 20 % (0018,0050)"},
    PairFlag{"acquisition_unknown",
             Concern::doubt,
             "no measurement.json, or one that does not state the field strength, or how fat was "
             "told"},
    PairFlag{"level_in_doubt",
             Concern::doubt,
             "the names of the vertebrae may be others at one of them (level_alternative), or the "
             "operator moved them (level_offset)"},
    PairFlag{"level_not_verified",
             Concern::doubt,
             "the distance from the endplate is not known at one of them"},
    PairFlag{
        "levels_apart",
        Concern::doubt,
        "slices more than 3 mm apart along the spine, and no neighbors to interpolate between"},
    PairFlag{"tilt_differs", Concern::doubt, "slices turned by more than 10 degrees"},
    PairFlag{"examination_flagged",
             Concern::doubt,
             "one of them, or a slice it is interpolated from, has status flagged: see "
             "from_qc_flags and to_qc_flags"},
    PairFlag{"vertebral_body_differs",
             Concern::doubt,
             "the area of the vertebral body (VB) by more than measuring it again gives: a body "
             "does not grow, so scale or place of the slices may differ"},
    PairFlag{"sides_exchanged",
             Concern::doubt,
             "right and left of a muscle differ by more than measuring again gives, and would not "
             "if the sides of one examination changed places: see which side is R in both"},
    PairFlag{"several_that_day",
             Concern::doubt,
             "another examination of the patient on the day of one of them could as well be "
             "compared: nobody knows their order"},
    PairFlag{"levels_interpolated",
             Concern::none,
             "one of them is interpolated between two neighboring slices: see matching"},
    PairFlag{"same_day",
             Concern::none,
             "their order is not known, so neither a direction nor a change per year"},
    PairFlag{"no_date", Concern::none, "of a named pair; as same_day"},
};

// From where on acquisitions differ in kind, not in the rounding of one protocol. Our choice.
constexpr double kMostFieldT = 0.2;
constexpr double kMostEchoTime = 0.15;
constexpr double kMostRepetitionTime = 0.25;
constexpr double kMostPixelSide = 0.10;
constexpr double kMostThickness = 0.20;

class Differences {
  public:
    Differences(const Examination& from, const Examination& to) : from_(from), to_(to) {}

    void raise(std::string_view name, bool is_raised) {
        if (is_raised) {
            found.push_back(&pair_flag(name));
        }
    }
    void column(std::string_view name, std::string_view flag) { raise(flag, column_differs(name)); }
    [[nodiscard]] bool column_differs(std::string_view name) const {
        return from_.row.get(name) != to_.row.get(name);
    }
    // Both state it, and not alike.
    [[nodiscard]] bool fact_differs(std::string_view name) const {
        const std::string one = fact_of(from_, name);
        const std::string other = fact_of(to_, name);
        return !one.empty() && !other.empty() && lower_case(one) != lower_case(other);
    }
    // What only one of them states does not differ.
    void fact(std::string_view name, std::string_view flag) { raise(flag, fact_differs(name)); }
    void number_fact(std::string_view name, std::string_view flag, double most, bool is_share) {
        const auto one = parse_number(fact_of(from_, name));
        const auto other = parse_number(fact_of(to_, name));
        raise(flag, one && other && is_beyond(*one, *other, most, is_share));
    }
    void pixel_sides() {
        bool is_raised = false;
        for (const std::string_view side : {"pixel_row_mm", "pixel_col_mm"}) {
            const auto one = number_in(from_.row, side);
            const auto other = number_in(to_.row, side);
            is_raised |= one && other && is_beyond(*one, *other, kMostPixelSide, true);
        }
        raise("resolution_differs", is_raised);
    }
    template <class Holds>
    void either(std::string_view flag, Holds holds) {
        raise(flag, holds(from_) || holds(to_));
    }

    std::vector<const PairFlag*> found;

  private:
    static std::string fact_of(const Examination& one, std::string_view name) {
        const auto fact = one.facts.find(name);
        return fact != one.facts.end() ? fact->second : std::string();
    }
    static bool is_beyond(double one, double other, double most, bool is_share) {
        const double size = is_share ? std::max(std::abs(one), std::abs(other)) : 1;
        return std::abs(one - other) > most * size + 1e-9;
    }

    const Examination& from_;
    const Examination& to_;
};

// Its threshold is an option of the run, not found in the image.
bool is_fixed(const Examination& one) {
    return one.row.get("fat_method") == "fixed";
}

// A reader who drew everything had no network to be compared.
bool has_network(const Examination& one) {
    return !one.row.get("outline_model").empty() || !has_other_outlines(one);
}

// Whether all is known that decides where fat begins, and the field strength.
bool is_acquisition_known(const Examination& one) {
    const bool is_share_known =
        one.row.get("fat_method") != "reference" || one.facts.contains(kFatShareFact);
    const bool is_fixed_known = !is_fixed(one) || number_in(one.row, "fat_threshold");
    return one.facts.contains("field_strength_t") && one.facts.contains(kBiasFact) &&
           is_share_known && is_fixed_known;
}

}  // namespace

std::span<const PairFlag> pair_flags() {
    return kFlags;
}

const PairFlag& pair_flag(std::string_view name) {
    const auto* const found = std::ranges::find(kFlags, name, &PairFlag::name);
    if (found == kFlags.end()) {
        throw Error(ErrorCode::internal, "no flag of follow is called " + std::string(name));
    }
    return *found;
}

std::vector<const PairFlag*> flags_between(const Examination& from, const Examination& to) {
    Differences differences(from, to);
    const auto is_unguarded = [](const Examination& one) {
        return one.row.get("fat_guard") == "off";
    };
    differences.column("level", "level_differs");
    differences.column("roi", "roi_differs");
    differences.raise(
        "outline_model_differs",
        differences.column_differs("outline_model") && has_network(from) && has_network(to));
    differences.raise("fat_method_differs",
                      differences.column_differs("fat_method") ||
                          differences.fact_differs(kFatShareFact) ||
                          differences.fact_differs(kBiasFact) ||
                          (is_fixed(from) && number_in(from.row, "fat_threshold") !=
                                                 number_in(to.row, "fat_threshold")));
    differences.raise("fat_guard_differs", is_unguarded(from) != is_unguarded(to));
    differences.column("patient_id", "patient_ids_differ");
    differences.either("patient_id_contradiction", has_id_of_several);
    differences.either("outlines_by_hand", has_other_outlines);
    differences.column("software_version", "software_version_differs");
    differences.fact("manufacturer", "manufacturer_differs");
    differences.fact("manufacturer_model", "manufacturer_model_differs");
    differences.number_fact("field_strength_t", "field_strength_differs", kMostFieldT, false);
    differences.fact("scanning_sequence", "scanning_sequence_differs");
    differences.number_fact("echo_time_ms", "echo_time_differs", kMostEchoTime, true);
    differences.number_fact(
        "repetition_time_ms", "repetition_time_differs", kMostRepetitionTime, true);
    differences.pixel_sides();
    differences.number_fact("slice_thickness_mm", "slice_thickness_differs", kMostThickness, true);
    differences.either("acquisition_unknown",
                       [](const Examination& one) { return !is_acquisition_known(one); });
    differences.raise("level_in_doubt",
                      differences.column_differs("level_alternative") ||
                          differences.column_differs("level_offset"));
    differences.either("examination_flagged",
                       [](const Examination& one) { return one.row.get("status") == "flagged"; });
    return differences.found;
}

}  // namespace paraspinal
