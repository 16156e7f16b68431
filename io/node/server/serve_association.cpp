// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/node/server/serve_association.h"

#include "core/error.h"
#include "core/text.h"
#include "io/node/server/accept_contexts_internal.h"
#include "io/node/server/receive_commitment_internal.h"
#include "io/node/server/receive_object_internal.h"
#include "io/node/tls_layer_internal.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmnet/assoc.h>
#include <dcmtk/dcmnet/dimse.h>

#include <algorithm>
#include <array>
#include <exception>
#include <memory>
#include <unistd.h>

namespace paraspinal {
namespace {

// Larger than any sender's default (PS3.8 annex D.1 sets no limit).
constexpr long kMostPduBytes = ASC_MAXIMUMPDUSIZE;
constexpr std::size_t kAeTitleBytes = DUL_LEN_TITLE + 1;

// What a stranger sent, as harmless text on one line.
std::string printable(std::string_view text) {
    constexpr std::size_t kMostLetters = 120;
    std::string safe(text.substr(0, kMostLetters));
    std::ranges::replace_if(
        safe, [](char letter) { return letter < ' ' || letter > '~'; }, ' ');
    return safe;
}

// DCMTK's network and association of this process, which end with it.
class Session {
  public:
    Session(const IncomingConnection& connection, const ReceiverContext& context)
        : connection_(&connection), context_(&context), from_(ip_text(connection.address)) {}
    ~Session() {
        if (association_ != nullptr) {
            ASC_dropAssociation(association_);
            ASC_destroyAssociation(&association_);
        }
        if (network_ != nullptr) {
            ASC_dropNetwork(&network_);
        }
    }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    Session(Session&&) = delete;
    Session& operator=(Session&&) = delete;

    void serve() {
        if (receive_request() && negotiate()) {
            context_->counters->add(Received::associations);
            serve_messages();
            if (objects_ > 0) {
                log("association ended, objects sent: " + std::to_string(objects_));
            }
        }
    }

  private:
    [[nodiscard]] const ReceiveLimits& limits() const { return context_->config->limits; }

    [[nodiscard]] int handshake_s() const { return std::min(limits().idle_s, kHandshakeSeconds); }

    void log(const std::string& text) const { context_->log(from_ + ": " + text); }

    void log_broken(const std::string& what, const OFCondition& condition) const {
        context_->counters->add(Received::broken);
        log(what + " (" + printable(condition.text()) + ")");
    }

    bool receive_request() {
        dcmDisableGethostbyaddr.set(OFTrue);
        dcmExternalSocketHandle.set(connection_->socket);
        OFCondition condition = ASC_initializeNetwork(NET_ACCEPTOR, 0, handshake_s(), &network_);
        const auto& tls = context_->config->tls;
        if (condition.good() && tls) {
            tls_ = make_tls_layer(*tls, NET_ACCEPTOR);
            condition = ASC_setTransportLayer(network_, tls_.get(), 0);
        }
        if (condition.good()) {
            condition = ASC_receiveAssociation(network_,
                                               &association_,
                                               kMostPduBytes,
                                               nullptr,
                                               nullptr,
                                               tls ? OFTrue : OFFalse,
                                               DUL_NOBLOCK,
                                               handshake_s());
        }
        if (condition.bad()) {
            log_broken("no association came about", condition);
        }
        return condition.good();
    }

    bool refuse(Received counted, T_ASC_RejectParametersReason reason, const std::string& why) {
        const bool is_passing = counted == Received::refused_busy;
        const T_ASC_RejectParameters reject{
            is_passing ? ASC_RESULT_REJECTEDTRANSIENT : ASC_RESULT_REJECTEDPERMANENT,
            is_passing ? ASC_SOURCE_SERVICEPROVIDER_PRESENTATION_RELATED : ASC_SOURCE_SERVICEUSER,
            reason};
        ASC_rejectAssociation(association_, &reject);
        context_->counters->add(counted);
        log("association refused: " + why);
        return false;
    }

    bool negotiate() {
        std::array<char, kAeTitleBytes> calling{};
        std::array<char, kAeTitleBytes> called{};
        std::array<char, kAeTitleBytes> responding{};
        ASC_getAPTitles(association_->params,
                        calling.data(),
                        calling.size(),
                        called.data(),
                        called.size(),
                        responding.data(),
                        responding.size());
        const std::string sender(trimmed(calling.data()));
        const NodeConfig& config = *context_->config;
        if (!allows_sender(config.allowed, sender, connection_->address)) {
            return refuse(Received::refused_ae_title,
                          ASC_REASON_SU_CALLINGAETITLENOTRECOGNIZED,
                          "AE title '" + printable(sender) + "' may not send from there");
        }
        if (trimmed(called.data()) != config.ae_title) {
            return refuse(Received::refused_ae_title,
                          ASC_REASON_SU_CALLEDAETITLENOTRECOGNIZED,
                          "it calls '" + printable(called.data()) + "', which is not our AE title");
        }
        if (!context_->counters->take_place(getpid(),
                                            static_cast<std::size_t>(limits().associations))) {
            return refuse(Received::refused_busy,
                          ASC_REASON_SP_PRES_LOCALLIMITEXCEEDED,
                          std::to_string(limits().associations) + " are open already");
        }
        from_ += " " + printable(sender);
        if (!accept_contexts(*association_->params, config.asks_commitment)) {
            log("it offers nothing that is measured here");
        }
        ASC_setAPTitles(association_->params, nullptr, nullptr, config.ae_title.c_str());
        const OFCondition condition = ASC_acknowledgeAssociation(association_);
        if (condition.bad()) {
            log_broken("association lost", condition);
        }
        return condition.good();
    }

    // Waits for the next message; false when the association is over. Silence is ended by alarm.
    bool next_message(T_ASC_PresentationContextID& context_id, T_DIMSE_Message& message) {
        alarm(static_cast<unsigned>(limits().idle_s));
        while (!ASC_dataWaiting(association_, 1)) {
            if (context_->should_stop()) {
                log("association ended, as this node stops");
                ASC_abortAssociation(association_);
                return false;
            }
        }
        DcmDataset* detail = nullptr;
        const OFCondition condition = DIMSE_receiveCommand(
            association_, DIMSE_NONBLOCKING, limits().idle_s, &context_id, &message, &detail);
        delete detail;  // NOLINT(*-owning-memory): DCMTK hands it over.
        return go_on(condition);
    }

    // What DCMTK's condition means for the association.
    bool go_on(const OFCondition& condition) {
        if (condition == DUL_PEERREQUESTEDRELEASE) {
            ASC_acknowledgeRelease(association_);
            return false;
        }
        if (condition == DUL_PEERABORTEDASSOCIATION) {
            log_broken("association aborted by the sender", condition);
            return false;
        }
        if (condition.bad()) {
            log_broken("association broken off", condition);
            ASC_abortAssociation(association_);
            return false;
        }
        return true;
    }

    void serve_messages() {
        T_ASC_PresentationContextID context_id = 0;
        T_DIMSE_Message message{};
        while (next_message(context_id, message) && go_on(serve(message, context_id))) {
        }
    }

    OFCondition serve(const T_DIMSE_Message& message, T_ASC_PresentationContextID context_id) {
        // NOLINTBEGIN(*-union-access): DCMTK's own.
        switch (message.CommandField) {
            case DIMSE_C_ECHO_RQ:
                return DIMSE_sendEchoResponse(
                    association_, context_id, &message.msg.CEchoRQ, STATUS_Success, nullptr);
            case DIMSE_C_STORE_RQ:
                alarm(static_cast<unsigned>(limits().object_s));
                ++objects_;
                return receive_object(*association_, context_id, message.msg.CStoreRQ, *context_);
            case DIMSE_N_EVENT_REPORT_RQ:
                alarm(static_cast<unsigned>(limits().object_s));
                return receive_commitment(
                    *association_, context_id, message.msg.NEventReportRQ, *context_);
            default: return DIMSE_BADCOMMANDTYPE;
        }
        // NOLINTEND(*-union-access)
    }

    const IncomingConnection* connection_;
    const ReceiverContext* context_;
    std::string from_;
    int objects_ = 0;
    std::unique_ptr<DcmTLSTransportLayer> tls_;
    T_ASC_Network* network_ = nullptr;
    T_ASC_Association* association_ = nullptr;
};

}  // namespace

void serve_association(const IncomingConnection& connection, const ReceiverContext& context) {
    alarm(static_cast<unsigned>(std::min(context.config->limits.idle_s, kHandshakeSeconds)));
    try {
        Session(connection, context).serve();
    } catch (const std::exception& error) {
        context.counters->add(Received::broken);
        context.log(ip_text(connection.address) +
                    ": association broken off: " + printable(error.what()));
    }
}

}  // namespace paraspinal
