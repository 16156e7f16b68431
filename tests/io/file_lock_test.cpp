// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/file_lock.h"

#include "core/error.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

namespace paraspinal {
namespace {

using testing::TemporaryFolder;

TEST(FileLock, KeepsOthersOutUntilItIsGone) {
    const TemporaryFolder folder;
    {
        const FileLock lock(folder.path());
        try {
            const FileLock second(folder.path());
            FAIL() << "two locks";
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), ErrorCode::ledger_in_use);
            EXPECT_NE(error.message().find("process "), std::string::npos) << error.message();
        }
    }
    EXPECT_NO_THROW(FileLock(folder.path()));
    EXPECT_THROW(FileLock(folder.path() / "absent"), Error);
}

}  // namespace
}  // namespace paraspinal
