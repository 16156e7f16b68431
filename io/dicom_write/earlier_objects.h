// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

class DcmDataset;

namespace paraspinal {

struct Provenance;

/// An object about a study that went out before.
struct EarlierObject {
    int result = 0;     ///< The results of a study that went out are numbered from 1.
    std::string level;  ///< "L4"; empty: that of the study's own slice.
    std::string name;   ///< As object_uid has it: "seg", "sr", "sc", "sc level", "notice".
    std::string sop_class_uid;
    std::string sop_instance_uid;
    std::string series_uid;
    std::string software_version;
    std::string frame_of_reference_uid;  ///< Of a "seg" only.
    friend bool operator==(const EarlierObject&, const EarlierObject&) = default;
};

/// What `file`, one of our objects, says of itself; it does not say `result` and `level`.
/// Throws as the reader of DICOM files.
EarlierObject read_earlier_object(const std::filesystem::path& file);

/// What went out before, parted.
struct EarlierResults {
    std::vector<EarlierObject> before;
    std::vector<EarlierObject> last;  ///< The last result.
};

/// `earlier` is sorted by result.
EarlierResults split_last(const std::vector<EarlierObject>& earlier);

/// `provenance` for a result that comes in place of all `earlier` ones, sorted by result: its
/// objects have UIDs of their own and refer to those that they replace. The result that went out
/// last, once more, remains the same objects.
Provenance in_place_of(const std::vector<EarlierObject>& earlier, const Provenance& provenance);

/// Those of `earlier` that an object called `name` replaces and names: of the last 20 results.
std::vector<EarlierObject> replaced_by(const std::string& name,
                                       const std::vector<EarlierObject>& earlier);

/// Text that differs whenever what went out before does; UIDs are made of it.
std::string after_text(const std::vector<EarlierObject>& earlier);

/// The number of the result, from 1.
int result_number(const Provenance& provenance);

/// The series of an object. SEG and SR join that of the last object they replace, because viewers
/// show the last instance of such a series; not where software or frame of reference is another,
/// as a series has one of each, nor under pseudonyms. A picture has a series of its own.
std::string series_uid(const Provenance& provenance,
                       const std::string& name,
                       const std::string& series_name);

/// True when that series is the one of an earlier object.
bool joins_series(const Provenance& provenance, const std::string& name);

}  // namespace paraspinal

/// Private to io/dicom_write.
namespace paraspinal::dicom {

/// The code of the purpose of a reference to an object that is replaced, of 99PARASPINAL.
inline constexpr const char* kReplacedCode = "REPLACED";

/// As read_earlier_object, of what `file` holds.
EarlierObject earlier_object(DcmDataset& object, const std::filesystem::path& file);

/// Names in `object`, called `name`, what it replaces: as Predecessor Documents in a report (PS3.3
/// C.17.2), elsewhere as Referenced Instances (PS3.3 C.12.4). A notice replaces every object;
/// outlines and overlay replace a notice as well.
void refer_to_earlier(DcmDataset& object, const std::string& name, const Provenance& provenance);

}  // namespace paraspinal::dicom
