// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"
#include "io/find_studies.h"
#include "io/imagej/roi.h"
#include "io/imagej/roi_mask.h"
#include "io/output_file.h"
#include "pipeline/study/outlines/match_drawing.h"
#include "tests/support/outline_phantom.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace paraspinal::testing {

// An oblique stack of three slices, twice: T2 (series 3) and T1 (series 4) in the same planes.
inline std::vector<DicomPhantom> two_stacks() {
    DicomPhantom t2;
    t2.plane = tilted_axial_plane(14, {-17.5, 21.25, -403.125});
    std::vector<DicomPhantom> phantoms = stack_of(t2, 3, 4.4);
    DicomPhantom t1 = t2;
    t1.series_uid = t2.study_uid + ".4";
    t1.series_number = 4;
    t1.repetition_time_ms = 500;
    t1.echo_time_ms = 10;
    const std::vector<DicomPhantom> others = stack_of(t1, 3, 4.4);
    phantoms.insert(phantoms.end(), others.begin(), others.end());
    return phantoms;
}

inline PhantomReference reference_to(const DicomPhantom& image) {
    return {.sop_instance_uid = sop_instance_uid(image)};
}

inline std::vector<Vec3> in_patient(const DicomPhantom& image, const RoiPath& path) {
    std::vector<Vec3> points;
    for (const RoiPoint& point : path) {
        points.push_back(patient_from_pixel(
            image.plane, image.spacing, {.row = point.y - 0.5, .col = point.x - 0.5}));
    }
    return points;
}

inline RoiPath box(double left, double top, double right, double bottom) {
    return {{left, top}, {right, top}, {right, bottom}, {left, bottom}};
}

inline Mask filled(ImageSize size, const RoiPath& path) {
    return roi_mask({.shape = std::vector<RoiPath>{path}}, size);
}

inline Image<std::uint16_t> stored(const Mask& mask) {
    Image<std::uint16_t> values(mask.size());
    std::ranges::copy(mask.pixels, values.pixels.begin());
    return values;
}

// A vertebral body on the middle T2 slice.
inline const RoiPath kBody = box(12, 20, 33, 41);

class DrawnStudy : public ::testing::Test {
  protected:
    DrawnStudy() {
        write_all(folder_.path() / "study", phantoms_);
        study_ = find_studies({folder_.path() / "study"}).studies.at(0);
    }

    [[nodiscard]] SegmentationPhantom segmentation(const DicomPhantom& image) const {
        return {.size = image.size,
                .spacing = image.spacing,
                .segments = {{.number = 1, .label = "VB"}},
                .frames = {{.segment = 1,
                            .plane = image.plane,
                            .values = stored(filled(image.size, kBody)),
                            .images = {reference_to(image)}}}};
    }
    [[nodiscard]] static StructureSetPhantom structure_set(const DicomPhantom& image) {
        return {.rois = {{.number = 1,
                          .name = "VB",
                          .contours = {{.points_mm = in_patient(image, kBody),
                                        .images = {reference_to(image)}}}}}};
    }
    OwnOutlines read(const SegmentationPhantom& phantom) {
        const std::filesystem::path file = folder_.path() / "segments.roi";
        write_segmentation(file, phantom);
        return read_own_outlines({.outlines = file, .roi_names = names_});
    }
    OwnOutlines read(const StructureSetPhantom& phantom) {
        const std::filesystem::path file = folder_.path() / "contours.nii";
        write_structure_set(file, phantom);
        return read_own_outlines({.outlines = file, .roi_names = names_});
    }
    std::vector<std::string> drawn_on(const OwnOutlines& own) const {
        return slices_drawn_on(own, study_, std::nullopt);
    }
    // What lies on slice `index` of series `series`.
    std::vector<StructureMask> masks(const OwnOutlines& own,
                                     std::size_t index = 1,
                                     std::size_t series = 0) const {
        return masks_on(std::get<DicomDrawing>(own),
                        study_.series.at(series),
                        study_.series.at(series).slices.at(index));
    }
    template <class Work>
    static std::string message_of(Work work) {
        try {
            work();
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), ErrorCode::outline_mismatch) << error.what();
            return error.what();
        }
        return "no error";
    }
    void write_names(const std::string& content) {
        names_ = folder_.path() / "names.csv";
        write_file(names_, content);
    }

    const std::vector<DicomPhantom> phantoms_ = two_stacks();
    const DicomPhantom& middle_ = phantoms_.at(1);
    const DicomPhantom& middle_t1_ = phantoms_.at(4);
    Study study_;

  private:
    TemporaryFolder folder_;
    std::filesystem::path names_;
};

}  // namespace paraspinal::testing
