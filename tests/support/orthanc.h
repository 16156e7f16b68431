// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/background_program.h"
#include "tests/support/temporary_folder.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace paraspinal::testing {

/// Skips the test where Debian's package `orthanc` is not installed (scripts/install_deps test).
#define PARASPINAL_REQUIRE_ORTHANC()                                \
    do {                                                            \
        if (!::paraspinal::testing::Orthanc::is_installed()) {      \
            GTEST_SKIP() << "the package orthanc is not installed"; \
        }                                                           \
    } while (false)

/// An Orthanc server on free loopback ports, its storage in a temporary folder. Its AE title is
/// "ORTHANC", and it minds the title it is called by. As by default, anybody may store and echo,
/// and the node of its options may also find, get and move.
class Orthanc {
  public:
    struct Options {
        /// The node that Orthanc knows, and can send to: AE title and port.
        std::string node_ae_title = "PARASPINAL";
        std::uint16_t node_port = 104;
        /// Further members of Orthanc's configuration: `"DicomTlsEnabled": true, ...`.
        std::string more_settings;
    };

    static bool is_installed();

    /// Returns when it answers.
    Orthanc();
    explicit Orthanc(const Options& options);

    /// Kills it; its storage stays.
    void stop();
    /// Starts it again, on the same ports.
    void start();

    [[nodiscard]] std::uint16_t dicom_port() const { return dicom_port_; }
    /// "ORTHANC@127.0.0.1:port".
    [[nodiscard]] std::string peer() const;

    /// Answer of its REST interface: JSON, or a file. Throws when the status is not 200.
    [[nodiscard]] std::string get(const std::string& path) const;
    std::string post(const std::string& path, const std::string& body) const;
    /// Stores a DICOM file through REST.
    void upload(const std::filesystem::path& file) const;

  private:
    [[nodiscard]] std::string ask(const std::string& request) const;

    TemporaryFolder folder_;
    std::uint16_t http_port_;
    std::uint16_t dicom_port_;
    std::unique_ptr<BackgroundProgram> program_;
};

}  // namespace paraspinal::testing
