// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom/jpeg.h"
#include "io/dicom/jpeg2000.h"
#include "io/dicom/jpeg_ls.h"
#include "io/dicom/rle.h"
#include "tests/fuzz/fuzz_file.h"

#include <array>
#include <vector>

// The first byte chooses the codec, the rest is a frame of 64 x 48 pixels, as the phantoms' are.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace paraspinal::dicom;
    constexpr std::array kDecoders{decode_rle, decode_jpeg, decode_jpeg_ls, decode_jpeg_2000};
    if (size == 0) {
        return 0;
    }
    const std::vector<char> frame(bytes + 1, bytes + size);
    for (const int bits : {8, 16}) {
        const SampleFormat samples{
            .bits_allocated = bits, .bits_stored = bits, .high_bit = bits - 1};
        const FrameFormat expected{.size = {.rows = 64, .cols = 48}, .samples = samples};
        const auto decoded = kDecoders.at(bytes[0] % kDecoders.size())(frame, expected);
        if (decoded && decoded->size() != frame_bytes(expected)) {
            __builtin_trap();
        }
    }
    return 0;
}
