// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/fat/method.h"

#include "core/error.h"

#include <array>
#include <cstddef>
#include <string>

namespace paraspinal {
namespace {

// In the order of FatMethod.
constexpr std::array<std::string_view, 12> kNames{"gmm2",
                                                  "gmm3",
                                                  "kmeans2",
                                                  "kmeans3",
                                                  "otsu",
                                                  "isodata",
                                                  "li",
                                                  "triangle",
                                                  "yen",
                                                  "maxentropy",
                                                  "reference",
                                                  "fixed"};

}  // namespace

std::string_view fat_method_name(FatMethod method) {
    return kNames.at(static_cast<std::size_t>(method));
}

FatMethod fat_method_from_name(std::string_view name) {
    std::string known;
    for (std::size_t i = 0; i < kNames.size(); ++i) {
        if (kNames.at(i) == name) {
            return static_cast<FatMethod>(i);
        }
        known += (i == 0 ? "" : ", ") + std::string(kNames.at(i));
    }
    throw Error(ErrorCode::usage,
                "no fat method is called '" + std::string(name) + "'; choose one of " + known);
}

}  // namespace paraspinal
