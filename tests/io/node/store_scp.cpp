// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/io/node/store_scp.h"

#include <algorithm>

namespace paraspinal::testing {

StoreScp::StoreScp(const std::vector<std::string>& arguments)
    : arguments_(arguments),
      peer_{.ae_title = "STORESCP", .host = "127.0.0.1", .port = free_port()} {}

void StoreScp::start() {
    std::vector<std::string> arguments = arguments_;
    arguments.insert(arguments.end(),
                     {"--disable-host-lookup",
                      "--output-directory",
                      folder_.path().string(),
                      std::to_string(peer_.port)});
    program_.emplace("storescp", arguments, log_folder_.path() / "log");
    wait_for_port(peer_.port);
}

void StoreScp::stop() {
    program_.reset();
}

std::vector<std::string> StoreScp::files() const {
    std::vector<std::string> names;
    for (const auto& item : std::filesystem::directory_iterator(folder_.path())) {
        names.push_back(item.path().filename().string());
    }
    std::ranges::sort(names);
    return names;
}

}  // namespace paraspinal::testing
