// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom_write/objects_after.h"

#include "core/error.h"
#include "io/dicom/elements.h"
#include "io/dicom/file.h"
#include "io/dicom_write/deidentify.h"
#include "io/dicom_write/derived_object.h"
#include "io/dicom_write/derived_uid.h"
#include "io/dicom_write/provenance.h"
#include "io/dicom_write/result_remark.h"
#include "io/output_file.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

using dicom::check;
using dicom::items;
using dicom::put;
using dicom::text;
using Earlier = std::vector<EarlierObject>;
using NewUids = std::map<std::string, std::string>;

bool is_hidden(DcmDataset& object) {
    return text(object, DCM_DeidentificationMethod) == dicom::kDeidentificationMethod;
}

bool is_replacement(DcmItem& reference) {
    const auto purposes = items(reference, DCM_PurposeOfReferenceCodeSequence);
    return std::ranges::any_of(purposes, [](DcmItem* purpose) {
        return text(*purpose, DCM_CodeValue) == dicom::kReplacedCode;
    });
}

// The UIDs that refer_to_earlier has put there.
std::set<std::string> named_as_replaced(DcmDataset& object) {
    std::set<std::string> uids;
    for (DcmItem* const study : items(object, DCM_PredecessorDocumentsSequence)) {
        for (DcmItem* const series : items(*study, DCM_ReferencedSeriesSequence)) {
            for (DcmItem* const one : items(*series, DCM_ReferencedSOPSequence)) {
                uids.insert(text(*one, DCM_ReferencedSOPInstanceUID));
            }
        }
    }
    for (DcmItem* const one : items(object, DCM_ReferencedInstanceSequence)) {
        if (is_replacement(*one)) {
            uids.insert(text(*one, DCM_ReferencedSOPInstanceUID));
        }
    }
    return uids;
}

// Removes the items of a sequence, and the sequence with the last one.
template <typename Predicate>
void remove_items(DcmDataset& object, const DcmTagKey& tag, const Predicate& is_unwanted) {
    const std::vector<DcmItem*> all = items(object, tag);
    for (std::size_t i = all.size(); i-- > 0;) {
        if (is_unwanted(*all[i])) {
            check(object.findAndDeleteSequenceItem(tag, static_cast<long>(i)), "reference");
        }
    }
    if (!all.empty() && items(object, tag).empty()) {
        check(object.findAndDeleteElement(tag), "reference");
    }
}

void forget_replaced(DcmDataset& object) {
    const std::set<std::string> replaced = named_as_replaced(object);
    object.findAndDeleteElement(DCM_PredecessorDocumentsSequence);
    remove_items(object, DCM_ReferencedInstanceSequence, is_replacement);
    remove_items(object, DCM_ReferencedSeriesSequence, [&replaced](DcmItem& series) {
        const auto instances = items(series, DCM_ReferencedInstanceSequence);
        return !instances.empty() && std::ranges::all_of(instances, [&replaced](DcmItem* one) {
            return replaced.contains(text(*one, DCM_ReferencedSOPInstanceUID));
        });
    });
}

void rename(DcmItem& item, const NewUids& uids) {
    for (unsigned long i = 0; i < item.card(); ++i) {
        DcmElement& element = *item.getElement(i);
        if (auto* const sequence = dynamic_cast<DcmSequenceOfItems*>(&element)) {
            for (unsigned long one = 0; one < sequence->card(); ++one) {
                rename(*sequence->getItem(one), uids);
            }
        } else if (element.ident() == EVR_UI) {
            OFString value;
            element.getOFString(value, 0);
            if (const auto found = uids.find(value.c_str()); found != uids.end()) {
                check(element.putString(found->second.c_str()), "UID");
            }
        }
    }
}

// One of our objects before it gets its new place.
struct Object {
    fs::path file;
    EarlierObject is;
    bool is_hidden = false;
    std::set<std::string> replaced;
};

std::vector<Object> read_all(const std::vector<fs::path>& files) {
    std::vector<Object> objects;
    for (const fs::path& file : files) {
        const dicom::OpenFile open = dicom::open_file(file);
        objects.push_back({.file = file,
                           .is = dicom::earlier_object(open.dataset(), file),
                           .is_hidden = is_hidden(open.dataset()),
                           .replaced = named_as_replaced(open.dataset())});
    }
    return objects;
}

bool is_known(const Earlier& earlier, const std::string& uid) {
    return std::ranges::find(earlier, uid, &EarlierObject::sop_instance_uid) != earlier.end();
}

bool names_all(const Object& object, const Earlier& earlier) {
    return !is_known(earlier, object.is.sop_instance_uid) &&
           std::ranges::all_of(replaced_by(object.is.name, earlier), [&](const auto& one) {
               return object.replaced.contains(one.sop_instance_uid);
           });
}

std::string new_uid(const std::string& uid, const Earlier& earlier) {
    return derived_uid(uid + after_text(earlier));
}

// Whether `objects`, written anew `after` what went out before where that is given, are `result`.
// Kinds that nobody had asked for then may be among them.
bool is_same_result(const std::vector<Object>& objects,
                    const Earlier& result,
                    const std::optional<Earlier>& after) {
    bool is_found = false;
    for (const Object& object : objects) {
        const std::string uid =
            after ? new_uid(object.is.sop_instance_uid, *after) : object.is.sop_instance_uid;
        const bool is_known_one = is_known(result, uid);
        is_found |= is_known_one;
        if (!is_known_one &&
            std::ranges::find(result, object.is.name, &EarlierObject::name) != result.end()) {
            return false;
        }
    }
    return is_found;
}

Provenance provenance_after(const Earlier& earlier, const Object& object) {
    Provenance provenance;
    provenance.software_version = object.is.software_version;
    provenance.frame_of_reference_uid = object.is.frame_of_reference_uid;
    provenance.earlier = earlier;
    return provenance;
}

// As series_uid has it; under pseudonyms an object joins none.
std::string new_series(const Earlier& earlier, const Object& object) {
    const Provenance provenance = provenance_after(earlier, object);
    return !object.is_hidden && joins_series(provenance, object.is.name)
               ? series_uid(provenance, object.is.name, {})
               : new_uid(object.is.series_uid, earlier);
}

void write_after(const Earlier& earlier,
                 const Object& object,
                 const NewUids& uids,
                 const fs::path& file) {
    const Provenance provenance = provenance_after(earlier, object);
    const dicom::OpenFile open = dicom::open_file(object.file);
    DcmDataset& dataset = open.dataset();
    forget_replaced(dataset);
    rename(dataset, uids);
    const std::string series = text(dataset, DCM_SeriesInstanceUID);
    const auto first = std::ranges::find(earlier, series, &EarlierObject::series_uid);
    const bool is_joined = first != earlier.end();
    const int number = result_number(provenance);
    put(dataset,
        DCM_SeriesDescription,
        dicom::with_result_number(text(dataset, DCM_SeriesDescription),
                                  is_joined ? first->result : number));
    if (is_joined) {
        put(dataset, DCM_InstanceNumber, std::to_string(number));
    }
    if (object.is.name == "sr") {
        dicom::put_result_remark(dataset, provenance);
    }
    dicom::refer_to_earlier(dataset, object.is.name, provenance);
    write_file_with(file, [&open](const fs::path& part) {
        const OFCondition saved = open.format->saveFile(part.c_str(),
                                                        EXS_LittleEndianExplicit,
                                                        EET_UndefinedLength,
                                                        EGL_recalcGL,
                                                        EPD_noChange,
                                                        0,
                                                        0,
                                                        EWM_createNewMeta);
        if (saved.bad()) {
            throw Error(ErrorCode::output_not_writable,
                        part.string() + ": " + saved.text() + "; check permissions and disk space");
        }
    });
}

}  // namespace

std::vector<fs::path> objects_after(const Earlier& earlier,
                                    const std::vector<fs::path>& files,
                                    const fs::path& folder) {
    if (earlier.empty()) {
        return files;
    }
    const std::vector<Object> objects = read_all(files);
    const EarlierResults results = split_last(earlier);
    if (is_same_result(objects, results.last, std::nullopt) ||
        std::ranges::all_of(
            objects, [&earlier](const Object& object) { return names_all(object, earlier); })) {
        return files;
    }
    const Earlier& replaced =
        is_same_result(objects, results.last, results.before) ? results.before : earlier;
    NewUids uids;
    for (const Object& object : objects) {
        uids[object.is.sop_instance_uid] = new_uid(object.is.sop_instance_uid, replaced);
        uids[object.is.series_uid] = new_series(replaced, object);
    }
    std::vector<fs::path> written;
    make_output_folder(folder);
    for (const Object& object : objects) {
        written.push_back(folder / object.file.filename());
        write_after(replaced, object, uids, written.back());
    }
    return written;
}

bool hides_names(const fs::path& file) {
    try {
        return is_hidden(dicom::open_file(file).dataset());
    } catch (const Error&) {
        return false;
    }
}

}  // namespace paraspinal
