// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// Workers that misbehave, played by shell scripts.
#include "pipeline/batch/worker_process.h"

#include "core/error.h"
#include "tests/pipeline/batch/fake_worker.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

namespace paraspinal {
namespace {

using End = WorkerReply::End;
using std::chrono::milliseconds;
using testing::fake_worker;
using testing::TemporaryFolder;

// A worker whose answer to each request is what `reaction` does.
WorkerReply reply_of(const std::string& reaction, milliseconds timeout = milliseconds(10000)) {
    const TemporaryFolder folder;
    WorkerProcess worker(
        {.program = fake_worker(folder.path(), reaction), .arguments = {}, .timeout = timeout});
    return worker.ask("body");
}

TEST(WorkerProcess, AnswersOneRequestAfterTheOther) {
    const TemporaryFolder folder;
    WorkerProcess worker({.program = fake_worker(folder.path(), "echo \"$$ $request\" >&0"),
                          .arguments = {},
                          .timeout = milliseconds(10000)});
    const WorkerReply first = worker.ask("body");
    const WorkerReply second = worker.ask("abc");
    EXPECT_EQ(first.end, End::answered);
    EXPECT_NE(first.text.find(" body"), std::string::npos) << first.text;
    EXPECT_NE(second.text.find(" abc"), std::string::npos) << second.text;
    EXPECT_EQ(first.text.substr(0, first.text.find(' ')),
              second.text.substr(0, second.text.find(' ')))
        << "the same process";
}

TEST(WorkerProcess, SaysHowItEnded) {
    const WorkerReply crash = reply_of("kill -SEGV $$");
    EXPECT_EQ(crash.end, End::crashed);
    EXPECT_NE(crash.text.find("signal 11"), std::string::npos) << crash.text;
    const WorkerReply exit = reply_of("exit 3");
    EXPECT_EQ(exit.end, End::crashed);
    EXPECT_NE(exit.text.find("exit code 3"), std::string::npos) << exit.text;
    EXPECT_EQ(reply_of("kill -KILL $$").end, End::out_of_memory);
}

TEST(WorkerProcess, IsKilledWithItsChildrenWhenItTakesTooLong) {
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(reply_of("sleep 60", milliseconds(1000)).end, End::timeout);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(30));
}

TEST(WorkerProcess, IsReplacedAfterACrash) {
    const TemporaryFolder folder;
    WorkerProcess worker(
        {.program = fake_worker(
             folder.path(), "case $request in crash) kill -SEGV $$ ;; *) echo fine >&0 ;; esac"),
         .arguments = {},
         .timeout = milliseconds(10000)});
    EXPECT_EQ(worker.ask("crash").end, End::crashed);
    EXPECT_EQ(worker.ask("body").text, "fine");
}

TEST(WorkerProcess, HasTheMemoryItIsGivenAndOneThread) {
    const TemporaryFolder folder;
    constexpr std::uint64_t kBytes = std::uint64_t{1} << 30;
    WorkerProcess worker(
        {.program = fake_worker(folder.path(), "echo \"$(ulimit -v) $OMP_NUM_THREADS\" >&0"),
         .arguments = {},
         .memory_bytes = kBytes,
         .timeout = milliseconds(10000)});
    EXPECT_EQ(worker.ask("body").text, "1048576 1");
}

// As where the system kills it because others took the memory.
TEST(WorkerProcess, IsStartedAgainWhenItIsKilledBeforeItIsReady) {
    const TemporaryFolder folder;
    const std::filesystem::path script = folder.path() / "worker";
    std::ofstream(script) << "#!/bin/sh\necho x >> \"$0.starts\"\n"
                             "[ $(wc -l < \"$0.starts\") -ge 3 ] || kill -KILL $$\n"
                             "echo ready >&0\nread -r request\necho \"$request\" >&0\n";
    std::filesystem::permissions(script, std::filesystem::perms::owner_all);
    WorkerProcess worker({.program = script, .arguments = {}, .timeout = milliseconds(10000)});
    EXPECT_EQ(worker.ask("body").text, "body");
}

TEST(WorkerProcess, ThatDoesNotGetReadyIsAnError) {
    const TemporaryFolder folder;
    WorkerProcess worker(
        {.program = "/bin/false", .arguments = {}, .timeout = milliseconds(10000)});
    try {
        worker.ask("body");
        FAIL() << "no error";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::internal);
        EXPECT_NE(error.message().find("did not get ready"), std::string::npos);
    }
    WorkerProcess absent(
        {.program = folder.path() / "absent", .arguments = {}, .timeout = milliseconds(10000)});
    EXPECT_THROW(absent.ask("body"), Error);
}

}  // namespace
}  // namespace paraspinal
