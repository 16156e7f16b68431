// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listen/listen_status.h"

#include <gtest/gtest.h>

#include <regex>
#include <sstream>

namespace paraspinal {
namespace {

TEST(ListenStatus, HasAHelpATypeAndSamplesForEachMetric) {
    ReceiveCounters received;
    received.add(Received::objects, 21);
    received.add(Received::refused_disk);
    for (int process = 1; process <= 3; ++process) {
        EXPECT_TRUE(received.take_place(process, 3));
    }
    EXPECT_FALSE(received.take_place(4, 3));
    received.free_place(4);
    ListenProgress progress;
    progress.failed = 2;
    const std::string text = status_text(
        received, progress, {{.ae_title = "PACS", .waiting = 5, .failed = 1}}, 4'000'000'000);
    for (const char* line : {"paraspinal_objects_received_total 21\n",
                             "paraspinal_objects_refused_total{reason=\"disk\"} 1\n",
                             "paraspinal_objects_refused_total{reason=\"size\"} 0\n",
                             "paraspinal_associations_open 3\n",
                             "paraspinal_studies_failed_total 2\n",
                             "paraspinal_results_queued{peer=\"PACS\"} 5\n",
                             "paraspinal_results_given_up{peer=\"PACS\"} 1\n",
                             "paraspinal_disk_free_bytes 4000000000\n"}) {
        EXPECT_NE(text.find(line), std::string::npos) << line << text;
    }
    const std::regex expected(
        "# HELP paraspinal_[a-z_]+ .+|# TYPE paraspinal_[a-z_]+ (counter|gauge)|"
        R"(paraspinal_[a-z_]+(\{[a-z]+="[A-Za-z_]+"\})? [0-9]+)");
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        EXPECT_TRUE(std::regex_match(line, expected)) << line;
    }
}

}  // namespace
}  // namespace paraspinal
