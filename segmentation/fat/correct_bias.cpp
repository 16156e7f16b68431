// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/fat/correct_bias.h"

#include "core/error.h"
#include "segmentation/fat/body_mask.h"

#include <itkBSplineControlPointImageFilter.h>
#include <itkImportImageFilter.h>
#include <itkMultiThreaderBase.h>
#include <itkN4BiasFieldCorrectionImageFilter.h>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <mutex>
#include <span>
#include <string>

namespace paraspinal {
namespace {

// The field of a surface coil changes over centimeters: 64 pixels across the slice show it.
constexpr int kFittedPixels = 64;
// Signal below this share of the mean is noise, whose logarithm would rule the fit.
constexpr double kLeastSignal = 0.02;

using FloatImage = itk::Image<float, 2>;
using MaskImage = itk::Image<std::uint8_t, 2>;
using BiasFilter = itk::N4BiasFieldCorrectionImageFilter<FloatImage, MaskImage, FloatImage>;

// N4 adds its partial sums per thread, so another number of threads would give other last digits;
// its inner filters take that number from this setting alone. Studies run in parallel instead.
void use_one_itk_thread() {
    static std::once_flag once;
    std::call_once(once, [] { itk::MultiThreaderBase::SetGlobalDefaultNumberOfThreads(1); });
}

template <class ItkImage>
typename ItkImage::Pointer itk_image(const cv::Mat& pixels) {
    auto image = ItkImage::New();
    image->SetRegions(typename ItkImage::SizeType{{static_cast<itk::SizeValueType>(pixels.cols),
                                                   static_cast<itk::SizeValueType>(pixels.rows)}});
    image->Allocate();
    std::copy_n(
        pixels.ptr<typename ItkImage::PixelType>(), pixels.total(), image->GetBufferPointer());
    return image;
}

cv::Mat mat_of(const Mask& mask) {
    cv::Mat copy(mask.rows, mask.cols, CV_8U);
    std::ranges::copy(mask.pixels, copy.ptr<std::uint8_t>());
    return copy;
}

// What is fitted: brightness above that of the air, and where.
struct BodySignal {
    cv::Mat signal;
    cv::Mat mask;
};

// Logarithm of the field on the grid of `body`.
cv::Mat fit_log_field(const BodySignal& body) {
    use_one_itk_thread();
    const auto input = itk_image<FloatImage>(body.signal);
    auto filter = BiasFilter::New();
    filter->SetInput(input);
    filter->SetMaskImage(itk_image<MaskImage>(body.mask));
    // One cubic span over the slice: what changes faster is anatomy. With a narrower kernel, fewer
    // steps or more levels N4 leaves more of a known field (measured on Dixon composites).
    constexpr unsigned kLevels = 1;
    constexpr unsigned kIterations = 50;
    filter->SetNumberOfFittingLevels(kLevels);
    BiasFilter::VariableSizeArrayType iterations(kLevels);
    iterations.Fill(kIterations);
    filter->SetMaximumNumberOfIterations(iterations);
    filter->SetConvergenceThreshold(1e-4F);
    filter->SetBiasFieldFullWidthAtHalfMaximum(0.3F);
    filter->Update();

    using Lattice = BiasFilter::BiasFieldControlPointLatticeType;
    using Evaluator = itk::BSplineControlPointImageFilter<Lattice, BiasFilter::ScalarImageType>;
    auto evaluator = Evaluator::New();
    evaluator->SetInput(filter->GetLogBiasFieldControlPointLattice());
    evaluator->SetOrigin(input->GetOrigin());
    evaluator->SetSpacing(input->GetSpacing());
    evaluator->SetDirection(input->GetDirection());
    evaluator->SetSize(input->GetLargestPossibleRegion().GetSize());
    evaluator->SetSplineOrder(filter->GetSplineOrder());
    evaluator->Update();
    cv::Mat field(body.signal.size(), CV_32F);
    const std::span values(evaluator->GetOutput()->GetBufferPointer(), field.total());
    std::ranges::transform(values, field.ptr<float>(), [](const auto& value) { return value[0]; });
    return field;
}

// The field at every pixel of the slice, with an arbitrary mean.
cv::Mat estimate_field(const BodySignal& body) {
    const double shrink = std::min(
        1.0, static_cast<double>(kFittedPixels) / std::max(body.signal.rows, body.signal.cols));
    BodySignal small;
    cv::resize(body.signal, small.signal, {}, shrink, shrink, cv::INTER_AREA);
    cv::resize(body.mask * 255, small.mask, small.signal.size(), 0, 0, cv::INTER_AREA);
    small.mask = (small.mask > 127) / 255;
    const double least = kLeastSignal * cv::mean(small.signal, small.mask)[0];
    cv::max(small.signal, least, small.signal);
    cv::Mat field;
    cv::resize(fit_log_field(small), field, body.signal.size(), 0, 0, cv::INTER_CUBIC);
    cv::exp(field, field);
    return field;
}

}  // namespace

ImageSlice correct_bias(const ImageSlice& slice, const BiasOptions& options) {
    if (!options.enabled) {
        return slice;
    }
    const Body body = find_body(slice.intensity);
    ImageSlice corrected = slice;
    cv::Mat pixels(corrected.intensity.rows,
                   corrected.intensity.cols,
                   CV_32F,
                   corrected.intensity.pixels.data());
    const BodySignal seen{.signal = pixels - body.air, .mask = mat_of(body.mask)};
    try {
        const cv::Mat flat = seen.signal / estimate_field(seen);
        const double gain = cv::mean(seen.signal, seen.mask)[0] / cv::mean(flat, seen.mask)[0];
        cv::Mat(flat * gain + body.air).copyTo(pixels);
    } catch (const itk::ExceptionObject& failure) {
        throw Error(ErrorCode::internal,
                    std::string("the bias field cannot be fitted: ") + failure.GetDescription());
    }
    return corrected;
}

}  // namespace paraspinal
