// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/compare/readers/rated_columns.h"
#include "pipeline/compare/readers/reader_decisions.h"
#include "segmentation/overlap.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace paraspinal {

/// One region of one study as two readers have it.
struct ReaderOverlap {
    std::string raters;  ///< "anna - ben"
    std::string study_uid;
    std::string region;
    Overlap overlap;
};

/// Studies in which two readers have the run's outlines, unaltered: they agree by construction.
struct SharedOutlines {
    std::string raters;
    std::int64_t shared = 0;
    std::int64_t studies = 0;  ///< That have numbers of both, of the same slice.
};

/// A study that two readers or more have numbers of, not all of the same slice.
struct OtherSlices {
    std::string study_uid;
    std::vector<std::string> slices;  ///< sop_instance_uid of each reader's numbers; empty: none.
};

/// How far the readers of one run agree.
struct ReaderAgreement {
    std::vector<ReaderCounts> counts;
    std::vector<ClassAgreement> decisions;
    /// Of the studies that all readers have numbers of, of the same slice: CSA, FA, FDR, VB and
    /// their like, area and FDR of each structure and side.
    TableAgreement numbers;
    std::vector<SharedOutlines> shared;
    /// Of regions that at least one of both has drawn; those of the run's that neither touched are
    /// the same by construction and left out.
    std::vector<ReaderOverlap> outlines;
    std::vector<OtherSlices> other_slices;
};

/// `readers` as read_views. Throws Error invalid_value where no study has numbers of all of them
/// on one slice, and as read_views and agree_labels.
ReaderAgreement agree_readers(const std::filesystem::path& folder,
                              const std::vector<std::string>& readers);

}  // namespace paraspinal
