// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text.h"
#include "io/dicom/elements.h"
#include "io/dicom/supported_internal.h"
#include "io/digest.h"
#include "io/node/client/archive_client_internal.h"
#include "io/node/dicom_status.h"
#include "io/node/sync_to_disk.h"
#include "io/output_file.h"
#include "io/study_folder.h"

#include <dcmtk/dcmdata/dctk.h>

#include <utility>

namespace paraspinal {
namespace {

constexpr const char* kFind = UID_FINDStudyRootQueryRetrieveInformationModel;
constexpr const char* kGet = UID_GETStudyRootQueryRetrieveInformationModel;
constexpr const char* kMove = UID_MOVEStudyRootQueryRetrieveInformationModel;
constexpr std::string_view kFindName = "C-FIND";
constexpr std::string_view kGetName = "C-GET";
constexpr std::string_view kMoveName = "C-MOVE";

// PS3.4 table C.4-2: the archive does not know the AE title to move to.
constexpr std::uint16_t kDestinationUnknown = 0xA801;
constexpr std::uint16_t kSomeFailed = 0xB000;

OFList<OFString> one(const char* text) {
    OFList<OFString> list;
    list.emplace_back(text);
    return list;
}

}  // namespace

ArchiveClient::ArchiveClient(const Peer& peer,
                             const ClientOptions& options,
                             Destination destination)
    : Association(peer, options),
      destination_(std::move(destination)),
      peer_text_(paraspinal::peer_text(peer)) {
    propose_contexts();
    open();
    context_of(kFind, kFindName);
    context_of(moves() ? kMove : kGet, moves() ? kMoveName : kGetName);
}

void ArchiveClient::propose_contexts() {
    OFList<OFString> plain = one(UID_LittleEndianExplicitTransferSyntax);
    plain.emplace_back(UID_LittleEndianImplicitTransferSyntax);
    addPresentationContext(kFind, plain);
    addPresentationContext(moves() ? kMove : kGet, plain);
    if (moves()) {
        return;
    }
    for (const char* image_class : dicom::kMrImageClasses) {
        propose_images(image_class);
    }
    // MR series hold captures too; taken, they do not count as failed.
    propose_images(UID_SecondaryCaptureImageStorage);
}

// One context each, so that the archive may send every image as it is stored.
void ArchiveClient::propose_images(const char* image_class) {
    for (const char* syntax : dicom::kImageSyntaxes) {
        addPresentationContext(image_class, one(syntax), ASC_SC_ROLE_SCP);
    }
}

T_ASC_PresentationContextID ArchiveClient::context_of(const char* service, std::string_view name) {
    const T_ASC_PresentationContextID context = findPresentationContextID(service, "");
    if (context == 0) {
        throw Error(ErrorCode::peer_refused,
                    peer_text_ + " does not offer us " + std::string(name) +
                        " of the study root model" +
                        (name == kGetName ? "; if it offers C-MOVE, run 'paraspinal listen' and "
                                            "name its AE title with --move-to"
                                          : "; its operator must allow it"));
    }
    return context;
}

void ArchiveClient::check_end(const OFCondition& condition, std::string_view service) {
    if (failure_) {
        abortAssociation();
        throw *std::exchange(failure_, std::nullopt);
    }
    if (condition.bad()) {
        throw broken(condition);
    }
    if (status_ == kDestinationUnknown) {
        throw Error(ErrorCode::peer_refused,
                    peer_text_ + " does not know the AE title '" + destination_.move_to +
                        "' to move to; its operator must enter it with host and port");
    }
    if (status_ != 0 && status_ != kSomeFailed) {
        throw Error(
            ErrorCode::transfer_failed,
            peer_text_ + " ended " + std::string(service) + " with DICOM status " +
                status_text(status_) +
                (service == kMoveName ? "; does it know the AE title '" + destination_.move_to +
                                            "', and does that node listen?"
                                      : ""));
    }
}

void ArchiveClient::find(DcmDataset& question, const std::function<void(DcmDataset&)>& take) {
    take_ = take;
    const OFCondition condition = sendFINDRequest(context_of(kFind, kFindName), &question, nullptr);
    take_ = nullptr;
    check_end(condition, kFindName);
}

OFCondition ArchiveClient::handleFINDResponse(T_ASC_PresentationContextID context,
                                              QRResponse* response,
                                              OFBool& wait_for_more) {
    status_ = response->m_status;
    if (response->m_dataset != nullptr && take_) {
        take_(*response->m_dataset);
    }
    return DcmSCU::handleFINDResponse(context, response, wait_for_more);
}

Retrieved ArchiveClient::retrieve(DcmDataset& wanted) {
    by_archive_ = {};
    stored_here_ = 0;
    wanted_study_ = dicom::text(wanted, DCM_StudyInstanceUID);
    if (moves()) {
        check_end(
            sendMOVERequest(context_of(kMove, kMoveName), destination_.move_to, &wanted, nullptr),
            kMoveName);
        return by_archive_;
    }
    make_output_folder(study_folder_in(destination_.folder, wanted_study_));
    check_end(sendCGETRequest(context_of(kGet, kGetName), &wanted, nullptr), kGetName);
    return {.stored = stored_here_, .failed = by_archive_.failed};
}

void ArchiveClient::note_counts(const RetrieveResponse& response) {
    status_ = response.m_status;
    by_archive_ = {.stored = response.m_numberOfCompletedSubops + response.m_numberOfWarningSubops,
                   .failed = response.m_numberOfFailedSubops};
}

OFCondition ArchiveClient::handleMOVEResponse(T_ASC_PresentationContextID context,
                                              RetrieveResponse* response,
                                              OFBool& wait_for_more) {
    note_counts(*response);
    return DcmSCU::handleMOVEResponse(context, response, wait_for_more);
}

OFCondition ArchiveClient::handleCGETResponse(T_ASC_PresentationContextID context,
                                              RetrieveResponse* response,
                                              OFBool& wait_for_more) {
    note_counts(*response);
    return DcmSCU::handleCGETResponse(context, response, wait_for_more);
}

OFCondition ArchiveClient::handleSTORERequest(T_ASC_PresentationContextID /*context*/,
                                              DcmDataset* object,
                                              OFBool& /*wait_for_more*/,
                                              Uint16& status) {
    try {
        store(object);
        status = STATUS_Success;
        return EC_Normal;
    } catch (const Error& error) {
        failure_ = error;  // Thrown again once DCMTK is off the stack.
        return EC_IllegalCall;
    }
}

void ArchiveClient::store(DcmDataset* object) {
    DcmFileFormat file_format(object, OFFalse);  // Owns it from here.
    const std::string instance_uid = dicom::text(*object, DCM_SOPInstanceUID);
    if (instance_uid.empty() || dicom::text(*object, DCM_StudyInstanceUID) != wanted_study_) {
        throw Error(ErrorCode::transfer_failed,
                    peer_text_ + " sends an image of another study than the one asked for");
    }
    const std::filesystem::path folder = study_folder_in(destination_.folder, wanted_study_);
    const std::filesystem::path old = folder / (short_hash(instance_uid) + ".dcm");  // Of 0.1.0.
    const std::filesystem::path file =
        std::filesystem::exists(old) ? old : folder / (uid_name(instance_uid) + ".dcm");
    write_file_with(file, [&](const std::filesystem::path& partial) {
        if (file_format.saveFile(partial.c_str(), object->getOriginalXfer()).bad()) {
            throw Error(ErrorCode::output_not_writable,
                        "cannot write '" + file.string() +
                            "'; check the permissions and the free space of its folder");
        }
        sync_to_disk(partial);
    });
    ++stored_here_;
}

}  // namespace paraspinal
