// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
//
// Compares the fat methods with Dixon imaging and prints the tables of docs/fat.md.
// Usage: evaluate_fat DIXON SAMPLES   (folders of subject01_water.nii.gz and so on, and of
// sample_dicom); see scripts/evaluate_fat.
#include "core/text.h"
#include "segmentation/fat/correct_bias.h"
#include "segmentation/fat/method.h"
#include "segmentation/fat/threshold_fat.h"
#include "tests/tools/fat/agreement.h"
#include "tests/tools/fat/composite.h"
#include "tests/tools/fat/shares.h"

#include <algorithm>
#include <array>
#include <exception>
#include <iostream>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace paraspinal::evaluation {
namespace {

// How the methods are run: as by default, without the test for one class, or on the raw image.
enum class Variant { standard, without_test, without_correction };
constexpr std::array kVariants{
    Variant::standard, Variant::without_test, Variant::without_correction};

// What is compared: all muscles, one muscle, one kind of composite, or all against mean PDFF.
using Group = std::string;

struct Key {
    Variant variant = Variant::standard;
    FatMethod method = FatMethod::reference;
    Group group{};
    auto operator<=>(const Key&) const = default;
};

using Results = std::map<Key, std::vector<Pair>>;

// Percent of fat in the pixels of one muscle, or of all: by the mask, and in truth.
struct Counts {
    double pixels = 0;
    double marked = 0;
    double fat = 0;
    double fraction_sum = 0;

    void add(bool is_marked, double fraction) {
        pixels += 1;
        marked += is_marked ? 1 : 0;
        fat += fraction > 0.5 ? 1 : 0;
        fraction_sum += fraction;
    }
    [[nodiscard]] Pair area() const { return {100 * marked / pixels, 100 * fat / pixels}; }
    [[nodiscard]] Pair mean() const { return {100 * marked / pixels, 100 * fraction_sum / pixels}; }
};

std::string kind_of(const Muscle& muscle) {
    if (muscle.lean) {
        return "lean";
    }
    return muscle.infiltration > 0 ? "infiltrated" : "as acquired";
}

void record(
    Results& results, const DixonSlice& truth, const Mask& fat, Key key, const Group& kind) {
    std::map<Structure, Counts> muscles;
    Counts all;
    for (std::size_t i = 0; i < fat.pixels.size(); ++i) {
        if (is_paraspinal_muscle(truth.labels.pixels[i])) {
            const double fraction = fat_fraction(truth, i);
            muscles[truth.labels.pixels[i]].add(fat.pixels[i] != 0, fraction);
            all.add(fat.pixels[i] != 0, fraction);
        }
    }
    const auto add = [&](const Group& group, const Pair& pair) {
        key.group = group;
        results[key].push_back(pair);
    };
    add("all", all.area());
    add("mean", all.mean());
    add(kind, all.area());
    for (const auto& [muscle, counts] : muscles) {
        add(std::string(label_name(muscle)), counts.area());
    }
}

// The thresholds of all methods; where no subcutaneous fat is seen, `reference` is `li`.
std::vector<FatThreshold> thresholds(const ImageSlice& image, const LabelMap& labels, bool test) {
    std::vector<FatThreshold> all = all_thresholds(image, labels, {.test_for_one_class = test});
    if (std::ranges::find(all, FatMethod::reference, &FatThreshold::method) == all.end()) {
        all.push_back(*std::ranges::find(all, FatMethod::li, &FatThreshold::method));
        all.back().method = FatMethod::reference;
    }
    return all;
}

void evaluate(Results& results, ShareTable& shares, const DixonSlice& truth, const Recipe& recipe) {
    const ImageSlice raw = compose(truth, recipe);
    const ImageSlice corrected = correct_bias(raw, {});
    shares.add(corrected, truth);
    for (const Variant variant : kVariants) {
        const ImageSlice& image = variant == Variant::without_correction ? raw : corrected;
        for (const FatThreshold& one :
             thresholds(image, truth.labels, variant != Variant::without_test)) {
            record(results,
                   truth,
                   fat_mask(image, truth.labels, one),
                   {.variant = variant, .method = one.method, .group = ""},
                   kind_of(recipe.muscle));
        }
    }
}

void evaluate_slice(Results& results,
                    ShareTable& shares,
                    const DixonSlice& slice,
                    std::uint32_t& seed) {
    constexpr std::array kMuscles{Muscle{.lean = true},
                                  Muscle{},
                                  Muscle{.infiltration = 0.15},
                                  Muscle{.infiltration = 0.35},
                                  Muscle{.infiltration = 0.6},
                                  Muscle{.infiltration = 0.9}};
    for (const Muscle& muscle : kMuscles) {
        const DixonSlice truth = with_muscle(slice, muscle, ++seed);
        for (const double water_weight : {0.25, 0.45, 0.7}) {
            for (const double noise : {0.03, 0.1}) {
                for (const Field field : {Field::even, Field::sideways, Field::coil}) {
                    evaluate(results,
                             shares,
                             truth,
                             {.water_weight = water_weight,
                              .fat_weight = 1,
                              .noise = noise,
                              .field = field,
                              .muscle = muscle,
                              .seed = ++seed});
                }
            }
        }
    }
}

Agreement of(const Results& results, Variant variant, FatMethod method, const Group& group) {
    return agreement(results.at({.variant = variant, .method = method, .group = group}));
}

std::string points(double value) {
    return fixed_text(value, 1);
}

void print_overall(const Results& results) {
    std::cout
        << "| method | ICC(3,1) | bias | limits of agreement | mean error | worst | bias, lean |"
           " bias, as acquired | bias, infiltrated | ICC(3,1) with mean PDFF |\n"
        << "|---|---|---|---|---|---|---|---|---|---|\n";
    for (const FatMethod method : kDataDrivenFatMethods) {
        const auto in = [&](const Group& group) {
            return of(results, Variant::standard, method, group);
        };
        const Agreement all = in("all");
        std::cout << "| " << fat_method_name(method) << " | " << fixed_text(all.icc_3_1, 3) << " | "
                  << points(all.bias) << " | " << points(all.low) << " to " << points(all.high)
                  << " | " << points(all.mean_error) << " | " << points(all.worst) << " | "
                  << points(in("lean").bias) << " | " << points(in("as acquired").bias) << " | "
                  << points(in("infiltrated").bias) << " | " << fixed_text(in("mean").icc_3_1, 3)
                  << " |\n";
    }
}

void print_muscles(const Results& results) {
    std::cout << "\n| method |";
    for (const Structure muscle : kParaspinalMuscles) {
        std::cout << ' ' << label_name(muscle) << " |";
    }
    std::cout << "\n|---|---|---|---|---|\n";
    for (const FatMethod method : kDataDrivenFatMethods) {
        std::cout << "| " << fat_method_name(method) << " |";
        for (const Structure muscle : kParaspinalMuscles) {
            const Agreement one =
                of(results, Variant::standard, method, std::string(label_name(muscle)));
            std::cout << ' ' << fixed_text(one.icc_3_1, 3) << ", " << points(one.bias) << " ("
                      << points(one.low) << " to " << points(one.high) << ") |";
        }
        std::cout << '\n';
    }
}

void print_variants(const Results& results) {
    std::cout << "\n| method | as by default | without the test for one class | without bias"
                 " correction |\n|---|---|---|---|\n";
    for (const FatMethod method : kDataDrivenFatMethods) {
        std::cout << "| " << fat_method_name(method) << " |";
        for (const Variant variant : kVariants) {
            const Agreement one = of(results, variant, method, "all");
            std::cout << ' ' << fixed_text(one.icc_3_1, 3) << ", " << points(one.mean_error) << ", "
                      << points(one.worst) << " |";
        }
        std::cout << '\n';
    }
}

void run(const std::filesystem::path& folder, const std::filesystem::path& samples) {
    Results results;
    ShareTable shares;
    shares.add_samples(samples);
    std::uint32_t seed = 1;
    int slices = 0;
    constexpr int kStep = 4;
    for (const std::string subject : {"subject01", "subject02"}) {
        for (DixonSlice& slice : read_dixon(folder, subject, kStep)) {
            slice.fat_over_lean = fat_over_lean(slice);
            evaluate_slice(results, shares, slice, seed);
            ++slices;
        }
    }
    const Key any{.variant = Variant::standard, .method = FatMethod::otsu, .group = "all"};
    std::cout << results.at(any).size() << " composites of " << slices
              << " slices of 2 subjects; percentage points of FDR.\n\n";
    print_overall(results);
    print_muscles(results);
    print_variants(results);
    shares.print(std::cout);
}

}  // namespace
}  // namespace paraspinal::evaluation

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: evaluate_fat DIXON SAMPLES\n";
        return 2;
    }
    try {
        paraspinal::evaluation::run(argv[1], argv[2]);
    } catch (const std::exception& error) {
        std::cerr << "evaluate_fat: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
