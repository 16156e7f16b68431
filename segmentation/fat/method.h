// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

namespace paraspinal {

enum class FatMethod {
    gmm2,
    gmm3,
    kmeans2,
    kmeans3,
    otsu,
    isodata,
    li,
    triangle,
    yen,
    maxentropy,
    reference,
    fixed,
};

/// Every method that finds its threshold in the image, in the order of FatMethod.
inline constexpr std::array kDataDrivenFatMethods{
    FatMethod::gmm2,
    FatMethod::gmm3,
    FatMethod::kmeans2,
    FatMethod::kmeans3,
    FatMethod::otsu,
    FatMethod::isodata,
    FatMethod::li,
    FatMethod::triangle,
    FatMethod::yen,
    FatMethod::maxentropy,
    FatMethod::reference,
};

/// Name as on the command line and in files.
std::string_view fat_method_name(FatMethod method);

/// The method of that name. Throws Error usage with the list of names.
FatMethod fat_method_from_name(std::string_view name);

}  // namespace paraspinal
