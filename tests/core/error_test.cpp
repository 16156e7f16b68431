// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"

#include <gtest/gtest.h>

#include <string>

namespace paraspinal {
namespace {

TEST(Error, KeepsCodeAndMessage) {
    const Error error(ErrorCode::missing_pixel_spacing, "no spacing");
    EXPECT_EQ(error.code(), ErrorCode::missing_pixel_spacing);
    EXPECT_STREQ(error.what(), "no spacing");
}

TEST(Error, StacksPlacesOutermostFirst) {
    const Error error =
        Error(ErrorCode::unreadable_file, "broken").within("file a.dcm").within("series 1.2.3");
    EXPECT_STREQ(error.what(), "series 1.2.3 > file a.dcm: broken");
    EXPECT_EQ(error.message(), "broken");
}

TEST(Within, AddsThePlaceToErrorsOnly) {
    EXPECT_EQ(within("somewhere", [] { return 7; }), 7);
    try {
        within("study 1.2", []() -> int { throw Error(ErrorCode::usage, "wrong"); });
        FAIL() << "no error left within()";
    } catch (const Error& error) {
        EXPECT_STREQ(error.what(), "study 1.2: wrong");
        EXPECT_EQ(error.code(), ErrorCode::usage);
    }
}

TEST(ErrorName, IsTheStableReason) {
    EXPECT_EQ(error_name(ErrorCode::level_not_found), "level_not_found");
    EXPECT_EQ(error_name(ErrorCode::output_not_writable), "output_not_writable");
}

TEST(ExitCode, FollowsTheContract) {
    EXPECT_EQ(exit_code(ErrorCode::internal), 1);
    EXPECT_EQ(exit_code(ErrorCode::usage), 2);
    EXPECT_EQ(exit_code(ErrorCode::unreadable_file), 3);
    EXPECT_EQ(exit_code(ErrorCode::level_not_found), 4);
    EXPECT_EQ(exit_code(ErrorCode::output_not_writable), 5);
    EXPECT_EQ(exit_code(ErrorCode::peer_unreachable), 6);
    EXPECT_EQ(kExitSomeFailed, 8);
}

}  // namespace
}  // namespace paraspinal
