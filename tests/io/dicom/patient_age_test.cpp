// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom/patient_age.h"

#include <gtest/gtest.h>

namespace paraspinal {
namespace {

TEST(PatientAge, IsTheStatedAge) {
    EXPECT_DOUBLE_EQ(age_years({.stated_age = "075Y"}).value(), 75);
    EXPECT_DOUBLE_EQ(age_years({.stated_age = "018M"}).value(), 1.5);
    EXPECT_NEAR(age_years({.stated_age = "003W"}).value(), 21 / 365.25, 1e-12);
    EXPECT_NEAR(age_years({.stated_age = "010D"}).value(), 10 / 365.25, 1e-12);
}

TEST(PatientAge, CountsBirthdaysWhereNoneIsStated) {
    EXPECT_EQ(age_years({.birth_date = "19500615", .study_date = "20200614"}), 69);
    EXPECT_EQ(age_years({.birth_date = "19500615", .study_date = "20200615"}), 70);
    EXPECT_EQ(age_years({.birth_date = "20000229", .study_date = "20210228"}), 20);
}

TEST(PatientAge, PrefersTheStatedAge) {
    EXPECT_EQ(age_years({.stated_age = "060Y", .birth_date = "19500615", .study_date = "20200615"}),
              60);
}

TEST(PatientAge, IsUnknownWhenTheTextMakesNoSense) {
    for (const char* const age : {"", "Y", "abcY", "075", "-05Y", "999Y", "075X"}) {
        EXPECT_EQ(age_years({.stated_age = age}), std::nullopt) << age;
    }
    EXPECT_EQ(age_years({.birth_date = "19501315", .study_date = "20200615"}), std::nullopt);
    EXPECT_EQ(age_years({.birth_date = "20210101", .study_date = "20200615"}), std::nullopt);
    EXPECT_EQ(age_years({.birth_date = "1950", .study_date = "20200615"}), std::nullopt);
}

TEST(PatientAge, MayContradictTheBirthDate) {
    const auto contradicts = [](const char* age, const char* birth_date) {
        return are_contradictory(
            {.stated_age = age, .birth_date = birth_date, .study_date = "20200615"});
    };
    EXPECT_TRUE(contradicts("020Y", "19500302"));
    EXPECT_FALSE(contradicts("070Y", "19500302"));
    EXPECT_FALSE(contradicts("072Y", "19500302"));
    EXPECT_FALSE(contradicts("020Y", "19000101"));
    EXPECT_FALSE(contradicts("", "19500302"));
    EXPECT_FALSE(contradicts("020Y", ""));
}

}  // namespace
}  // namespace paraspinal
