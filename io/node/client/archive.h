// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/node/peer.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

class ArchiveClient;

/// What names a study in an archive.
enum class ArchiveKey { accession_number, study_uid };

/// A series of MR images in an archive.
struct ArchivedSeries {
    std::string series_uid;
    std::optional<std::int64_t> instances;  ///< Absent when the archive does not say.
};

/// Where retrieved images go.
struct Destination {
    std::filesystem::path folder;  ///< C-GET into it: STUDY/INSTANCE.dcm, named by hashes.
    std::string move_to;           ///< Not empty: C-MOVE to this AE title instead.
};

struct Retrieved {
    std::int64_t stored = 0;
    std::int64_t failed = 0;  ///< By the archive's count.
};

/// A conversation with an archive (PACS) over one association: C-FIND, C-GET and C-MOVE of the
/// study root model. Only MR series are seen, and only UIDs, accession number and modality are
/// asked for. Source: DICOM PS3.4 annex C.
///
/// All throw Error peer_unreachable when the archive falls silent or breaks off; the conversation
/// is then over. transfer_failed: it answered with a failure.
class Archive {
  public:
    /// Throws also Error peer_refused when the archive turns us away or does not offer what it
    /// takes: C-FIND, and C-GET or C-MOVE.
    Archive(const Peer& peer, const ClientOptions& options, const Destination& destination);
    ~Archive();
    Archive(const Archive&) = delete;
    Archive& operator=(const Archive&) = delete;
    Archive(Archive&&) = delete;
    Archive& operator=(Archive&&) = delete;

    /// UIDs of the studies that `key` names, sorted. `value` must be `may_be_asked`; what the
    /// archive returns beyond it is left out.
    std::vector<std::string> find_studies(ArchiveKey key, const std::string& value);

    /// The MR series of a study, sorted by UID.
    std::vector<ArchivedSeries> find_mr_series(const std::string& study_uid);

    /// Retrieves a series. Throws also Error output_not_writable, and peer_refused when the archive
    /// does not know the AE title to move to.
    Retrieved retrieve(const std::string& study_uid, const std::string& series_uid);

  private:
    std::unique_ptr<ArchiveClient> client_;
};

/// Whether a value can be asked for: 1 to 64 printable ASCII characters without the wildcards * and
/// ? and the separator \. Any other would find studies that nobody named, an empty one all.
bool may_be_asked(std::string_view value);

}  // namespace paraspinal
