// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/node/peer.h"
#include "tests/support/background_program.h"
#include "tests/support/temporary_folder.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal::testing {

/// DCMTK's storescp on a loopback port, which keeps what it gets in a folder of its own.
class StoreScp {
  public:
    explicit StoreScp(const std::vector<std::string>& arguments = {});

    /// Listens again, with the same port and folder, or for the first time if it never has.
    void start();
    void stop();

    [[nodiscard]] const Peer& peer() const { return peer_; }
    /// Names of the files it has, sorted: modality and SOP instance UID.
    [[nodiscard]] std::vector<std::string> files() const;
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }

  private:
    TemporaryFolder folder_;
    TemporaryFolder log_folder_;
    std::vector<std::string> arguments_;
    Peer peer_;
    std::optional<BackgroundProgram> program_;
};

}  // namespace paraspinal::testing
