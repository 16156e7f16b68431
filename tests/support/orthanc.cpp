// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/orthanc.h"

#include "tests/support/loopback.h"

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace paraspinal::testing {
namespace {

constexpr const char* kProgram = "/usr/sbin/Orthanc";

std::string content_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

bool Orthanc::is_installed() {
    return std::filesystem::exists(kProgram);
}

Orthanc::Orthanc() : Orthanc(Options()) {}

Orthanc::Orthanc(const Options& options) : http_port_(free_port()), dicom_port_(free_port()) {
    std::ofstream(folder_.path() / "orthanc.json")
        << "{\"StorageDirectory\": \"" << folder_.path().string() << "/storage\",\n"
        << "\"HttpPort\": " << http_port_ << ", \"DicomPort\": " << dicom_port_ << ",\n"
        << R"("RemoteAccessAllowed": false, "AuthenticationEnabled": false, "Plugins": [],)"
        << R"("DicomAet": "ORTHANC", "DicomCheckCalledAet": true,)"
        << R"("DicomModalities": {"node": [")" << options.node_ae_title << "\", \"127.0.0.1\", "
        << options.node_port << "]}" << (options.more_settings.empty() ? "" : ", ")
        << options.more_settings << "}\n";
    start();
}

void Orthanc::stop() {
    program_.reset();
}

void Orthanc::start() {
    program_ = std::make_unique<BackgroundProgram>(
        kProgram,
        std::vector<std::string>{(folder_.path() / "orthanc.json").string()},
        folder_.path() / "log");
    wait_for_port(dicom_port_);
    wait_for_port(http_port_);
}

std::string Orthanc::peer() const {
    return "ORTHANC@127.0.0.1:" + std::to_string(dicom_port_);
}

std::string Orthanc::ask(const std::string& request) const {
    const LoopbackSocket socket = LoopbackSocket::connected(http_port_);
    socket.send(request);
    const std::string answer = socket.receive_all();
    const std::size_t body = answer.find("\r\n\r\n");
    if (answer.find(" 200 ") > answer.find("\r\n") || body == std::string::npos) {
        throw std::runtime_error("Orthanc answers " + answer.substr(0, answer.find("\r\n")));
    }
    return answer.substr(body + 4);
}

std::string Orthanc::get(const std::string& path) const {
    return ask("GET " + path + " HTTP/1.0\r\nHost: localhost\r\n\r\n");
}

std::string Orthanc::post(const std::string& path, const std::string& body) const {
    return ask("POST " + path + " HTTP/1.0\r\nHost: localhost\r\nContent-Length: " +
               std::to_string(body.size()) + "\r\n\r\n" + body);
}

void Orthanc::upload(const std::filesystem::path& file) const {
    post("/instances", content_of(file));
}

}  // namespace paraspinal::testing
