// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
//
// Measures the shape of vertebral bodies in cases with experts' masks, by the program and by the
// same points of the masks.
// Usage: evaluate_bone CASES MODELS
// CASES holds truth.csv, one folder of DICOM files a case and one of the masks of the same slices,
// whose values are the numbers of bodies, 1 the L5 (scripts/train/level/bone_cases.py); MODELS
// holds fold_0.onnx, fold_1.onnx ...; fold -1 is the built-in model. Prints one CSV row a case and
// body that the mask or the program shows.
#include "core/error.h"
#include "core/text.h"
#include "io/find_studies.h"
#include "io/read_slice.h"
#include "io/tables/csv.h"
#include "pipeline/study/level/find_spine.h"
#include "segmentation/level/deformity.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace {

using namespace paraspinal;

constexpr double kSameBodyMm = 10;

// As kNormalShape, of the masks of the same subjects: readers draw other borders than networks.
constexpr NormalShape kMaskShape{{{1.119, 0.945, 0.956},
                                  {1.071, 0.968, 0.984},
                                  {1.066, 0.922, 1.000},
                                  {1.010, 0.927, 1.014},
                                  {1.001, 0.924, 1.016},
                                  {0.912, 0.880, 0.965},
                                  {0.820, 0.835, 0.943}}};

struct Case {
    std::string name;
    std::string row;  // Its cells of truth.csv.
    int fold = -1;
};

// The model that has not seen the patient.
VertebraModel& model_for(int fold, const std::filesystem::path& folder) {
    static std::map<int, VertebraModel> models;
    if (fold < 0) {
        return models.try_emplace(fold).first->second;
    }
    return models.try_emplace(fold, folder / ("fold_" + std::to_string(fold) + ".onnx"))
        .first->second;
}

std::vector<ImageSlice> slices_in(const std::filesystem::path& folder) {
    const StudyIndex index = find_studies({folder});
    std::vector<ImageSlice> slices;
    for (const SliceHeader& slice : index.studies.at(0).series.at(0).slices) {
        slices.push_back(read_slice(slice));
    }
    return slices;
}

struct MaskBody {
    VertebraCount count = 0;
    std::vector<ImageSlice> mask;  // 1 inside the body.
    BodyPlace place;
    double pixels = 0;
};

std::optional<MaskBody> body_of(const std::vector<ImageSlice>& numbers, int number) {
    MaskBody body{.count = number - 1};
    Vec3 sum;
    for (const ImageSlice& slice : numbers) {
        ImageSlice mask = slice;
        for (int row = 0; row < mask.intensity.rows; ++row) {
            for (int col = 0; col < mask.intensity.cols; ++col) {
                float& value = mask.intensity[{row, col}];
                value = value == static_cast<float>(number) ? 1.0F : 0.0F;
                if (value > 0) {
                    body.pixels += 1;
                    sum =
                        sum + patient_from_pixel(
                                  slice.plane, slice.spacing, {.row = 1.0 * row, .col = 1.0 * col});
                }
            }
        }
        body.mask.push_back(std::move(mask));
    }
    if (body.pixels == 0) {
        return std::nullopt;
    }
    body.place.center_mm = (1 / body.pixels) * sum;
    return body;
}

std::vector<MaskBody> mask_bodies(const std::vector<ImageSlice>& numbers) {
    std::vector<MaskBody> bodies;
    for (int number = 1; number <= kT11 + 1; ++number) {
        if (auto body = body_of(numbers, number)) {
            bodies.push_back(std::move(*body));
        }
    }
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        const Vec3 below = bodies[i > 0 ? i - 1 : i].place.center_mm;
        const Vec3 above = bodies[i + 1 < bodies.size() ? i + 1 : i].place.center_mm;
        Vec3 up = above - below;
        up.x = 0;  // Bodies of a mask may be cut at other sides; slices are sagittal.
        bodies[i].place.up = bodies.size() < 2 ? Vec3{0, 0, 1} : normalized(up);
    }
    return bodies;
}

// Doubt, heights, depth, slices; reduction, kind, grade and its interval.
std::string cells_of(const JudgedBody* body) {
    if (body == nullptr) {
        return "missed,,,,,,,,,,";
    }
    const VertebralShape& shape = body->vertebra->shape;
    if (!body->deformity) {
        return std::string(shape_doubt_name(body->doubt.value())) + ",,,,,,,,,,";
    }
    std::string text;
    for (const HeightLine& line : shape.lines) {
        text += "," + fixed_text(line.height_mm(), 3);
    }
    const Deformity& deformity = *body->deformity;
    return text + "," + fixed_text(shape.depth_mm, 3) + "," + std::to_string(shape.slices) + "," +
           fixed_text(deformity.reduction, 4) + "," + std::string(deformity_name(deformity.kind)) +
           "," + std::to_string(deformity.grade()) + "," + std::to_string(deformity.grade_low()) +
           "," + std::to_string(deformity.grade_high());
}

// In the plane of the slices.
double apart_mm(const Vertebra& one, const Vertebra& other) {
    Vec3 offset = one.place.center_mm - other.place.center_mm;
    offset.x = 0;
    return length(offset);
}

// The bodies of the masks, measured in the slices in which the program measured its own.
Spine spine_of(const std::vector<MaskBody>& bodies, const Spine& found) {
    Spine spine;
    for (const MaskBody& body : bodies) {
        Vertebra& vertebra =
            spine.vertebrae.emplace_back(Vertebra{.count = body.count, .place = body.place});
        for (const Vertebra& other : found.vertebrae) {
            if (apart_mm(vertebra, other) < kSameBodyMm) {
                vertebra.place.center_mm.x = other.place.center_mm.x;
            }
        }
        const ImageSlice& first = body.mask.front();
        vertebra.shape = measure_shape(
            body.mask,
            vertebra.place,
            {.plane = first.plane, .spacing = first.spacing, .size = first.intensity.size()});
    }
    return spine;
}

void print_rows(const Case& one, const Spine& found, const std::vector<MaskBody>& masks) {
    std::string doubts;
    for (const NamingDoubt& doubt : found.doubts) {
        doubts += (doubts.empty() ? "" : ";") + doubt.name;
    }
    const Spine truth = spine_of(masks, found);
    const std::vector<JudgedBody> judged = judged_bodies(found);
    for (const JudgedBody& body : judged_bodies(truth, kMaskShape)) {
        const auto same = std::ranges::find_if(judged, [&](const JudgedBody& other) {
            return apart_mm(*other.vertebra, *body.vertebra) < kSameBodyMm;
        });
        const JudgedBody* const mine = same != judged.end() ? &*same : nullptr;
        std::cout << one.row << ',' << body.vertebra->name() << ','
                  << (mine != nullptr ? mine->vertebra->name() : "") << ',' << doubts << ','
                  << cells_of(&body) << ',' << cells_of(mine) << '\n';
    }
}

int evaluate(const std::filesystem::path& cases, const std::filesystem::path& models) {
    std::cout << "case,set,patient,variant,fold,level,name,doubts";
    for (const std::string who : {"true_", ""}) {
        for (const char* const column : {"doubt",
                                         "anterior_mm",
                                         "middle_mm",
                                         "posterior_mm",
                                         "depth_mm",
                                         "slices",
                                         "reduction",
                                         "kind",
                                         "grade",
                                         "grade_low",
                                         "grade_high"}) {
            std::cout << ',' << who << column;
        }
    }
    std::cout << '\n';
    CsvReader table(cases / "truth.csv");
    while (table.next()) {
        const auto text = [&table](const char* column) {
            return std::string(table.cell(table.required_column(column)));
        };
        const Case one{.name = text("case"),
                       .row = text("case") + "," + text("set") + "," + text("patient") + "," +
                              text("variant") + "," + text("fold"),
                       .fold = static_cast<int>(*table.number(table.required_column("fold")))};
        const StudyIndex index = find_studies({cases / "images" / one.name});
        const SpineView view =
            find_spine(classify_study(index.studies.at(0)), model_for(one.fold, models)).value();
        print_rows(one, view.spine, mask_bodies(slices_in(cases / "masks" / one.name)));
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: evaluate_bone CASES MODELS\n";
        return 2;
    }
    try {
        return evaluate(argv[1], argv[2]);
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
