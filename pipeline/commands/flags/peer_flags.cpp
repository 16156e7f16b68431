// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/flags/peer_flags.h"

namespace paraspinal {

CLI::Option* add_peer_flags(CLI::App& command,
                            const std::string& name,
                            const std::string& about,
                            PeerFlags& flags) {
    CLI::Option* const peer =
        command.add_option(name, flags.peer, about)->type_name("AET@HOST:PORT");
    command.add_option("--aet", flags.own_ae_title, "What that node knows us by")
        ->type_name("AET")
        ->capture_default_str()
        ->needs(peer);
    CLI::Option* const certificate =
        command.add_option("--tls-cert", flags.tls.certificate, "Encrypted: our certificate")
            ->type_name("PEM");
    CLI::Option* const key =
        command.add_option("--tls-key", flags.tls.private_key, "Its private key")->type_name("PEM");
    CLI::Option* const authorities =
        command.add_option("--tls-ca", flags.tls.authorities, "Who signs for that node")
            ->type_name("PEM");
    certificate->needs(peer, key, authorities);
    key->needs(certificate);
    authorities->needs(certificate);
    return peer;
}

Peer peer_of(const PeerFlags& flags) {
    Peer peer = parse_peer(flags.peer);
    if (flags.tls != TlsFiles()) {
        check_tls_files(flags.tls);
        peer.tls = flags.tls;
    }
    return peer;
}

}  // namespace paraspinal
