// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/patient_groups.h"

#include "core/id_contradictions.h"
#include "core/person_names.h"
#include "core/study.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

Patient paula() {
    return {.id = "P1", .sex = "F", .age_years = 61, .name = "DOE^PAULA", .birth_date = "19631120"};
}

std::string said_by(const Patient& patient, const std::string& date = "20250102") {
    return person_text(patient, date);
}

std::size_t people(const std::vector<std::string>& persons) {
    const std::vector<std::string> groups = group_persons(persons);
    return std::set<std::string>(groups.begin(), groups.end()).size();
}

TEST(PatientGroups, TakeSpellingsForOnePerson) {
    Patient other = paula();
    other.id = " 00p1 ";
    other.name = "Doe^Paula^^";
    EXPECT_EQ(group_persons({said_by(paula()), said_by(other)}),
              (std::vector<std::string>{"", ""}));
}

TEST(PatientGroups, TakeWhatIsNotStatedForNoContradiction) {
    EXPECT_EQ(people({said_by(paula()), said_by({}), said_by({.id = "P1", .sex = {}}), ""}), 1U);
}

TEST(PatientGroups, TellPeopleApartByWhateverContradicts) {
    std::vector<Patient> others(5, paula());
    others[0].id = "P2";
    others[1].sex = "M";
    others[2].name = "ROE^PAULA";
    others[3].birth_date = "19631121";
    others[4].age_years = 63;
    for (const Patient& other : others) {
        EXPECT_EQ(people({said_by(paula()), said_by(other)}), 2U);
    }
    EXPECT_EQ(people({said_by(paula()), said_by(paula(), "20240102")}), 2U) << "two examinations";
    EXPECT_EQ(people({said_by(paula()), said_by(paula(), "20250103")}), 1U) << "past midnight";
}

// IDs with one short hash, found in 23 s: what follows in the text does not tell them apart.
TEST(PatientGroups, TellPeopleApartWhoseHashesAreEqual) {
    Patient other = paula();
    Patient made = paula();
    other.id = "2.25.187644811810284026289082322599164572426";
    made.id = "2.25.1782481337772132112871320908366";
    EXPECT_EQ(people({said_by(other), said_by(made)}), 2U);
}

TEST(PatientGroups, LeaveToNobodyWhatCouldBeOfTwo) {
    Patient other = paula();
    other.sex = "M";
    EXPECT_EQ(people({said_by(paula()), said_by(other), said_by({.id = "P1", .sex = {}})}), 3U);
}

TEST(PatientGroups, DoNotDependOnTheOrder) {
    Patient other = paula();
    other.id = "P2";
    const std::vector<std::string> persons{said_by(paula()), said_by(other), said_by({.id = "P2"})};
    std::vector<std::string> turned(persons.rbegin(), persons.rend());
    std::vector<std::string> groups = group_persons(turned);
    std::ranges::reverse(groups);
    EXPECT_EQ(groups, group_persons(persons));
}

TEST(PatientGroups, NameStudiesByKeysThatReadBack) {
    EXPECT_EQ(study_key("1.2", ""), "1.2");
    const StudyKey key = parse_study_key(study_key("1.2", "ab"));
    EXPECT_EQ(key.study_uid, "1.2");
    EXPECT_EQ(key.group, "ab");
    EXPECT_EQ(parse_study_key("1.2").group, "");
}

std::string contradiction_of_id(const std::vector<std::string>& persons) {
    std::vector<StatedPerson> stated;
    for (const std::string& person : persons) {
        stated.push_back({.study = "1", .accession_number = {}, .person = person});
    }
    return contradictions_of(contradictions_by_study(stated), "1").patient_id;
}

TEST(PatientGroups, TellAccessionNumbersOfSeveralPeople) {
    const auto found = [](const Patient& one, const Patient& other) {
        const std::vector<StatedPerson> stated{
            {.study = "1", .accession_number = "A1", .person = said_by(one)},
            {.study = "2", .accession_number = "A1", .person = said_by(other)},
            {.study = "3", .accession_number = "A2", .person = said_by(other)}};
        const ContradictionsByStudy all = contradictions_by_study(stated);
        EXPECT_EQ(contradictions_of(all, "1"), contradictions_of(all, "2"));
        EXPECT_EQ(contradictions_of(all, "3").accession_number, "");
        return contradictions_of(all, "1").accession_number;
    };
    EXPECT_EQ(found({.id = "P1"}, {.id = "P2"}), "different patient IDs");
    EXPECT_EQ(found({.id = "P1", .sex = "F"}, {.id = "P1", .sex = "M"}), "different sexes");
    EXPECT_EQ(found({.id = "", .name = "DOE^JANE"}, {.id = "", .name = "ROE^ANN"}),
              "different names");
    EXPECT_EQ(found({.id = "P1"}, {.id = " p1"}), "");
    EXPECT_EQ(found({.id = "P1"}, {.id = "ANON"}), "");
    EXPECT_EQ(found({.id = "P1"}, {.id = ""}), "");
}

TEST(PatientGroups, TellIdsOfSeveralPeople) {
    const auto found = [](const Patient& one, const std::string& date, const Patient& other) {
        return contradiction_of_id({said_by(one, date), said_by(other, "20250102")});
    };
    Patient later = paula();
    later.age_years = 56;
    EXPECT_EQ(found(later, "20200102", paula()), "") << "five years before";
    Patient married = paula();
    married.name = "ROE^PAULA";
    EXPECT_EQ(found(married, "20250101", paula()), "") << "one birth date";
    Patient man = paula();
    man.sex = "M";
    EXPECT_EQ(found(man, "20250101", paula()), "different sexes");
    Patient younger = paula();
    younger.birth_date = "19790101";
    EXPECT_EQ(found(younger, "20250101", paula()), "different birth dates");
    const Patient aged{.id = " p1", .sex = {}, .age_years = 44, .name = {}, .birth_date = {}};
    EXPECT_EQ(found(aged, "20250101", paula()), "different birth years");
    EXPECT_EQ(found(aged, "", paula()), "different ages");
    const Patient named{
        .id = "P1", .sex = {}, .age_years = {}, .name = "ROE^RIA", .birth_date = {}};
    EXPECT_EQ(found(named, "", paula()), "different names");
    EXPECT_EQ(found({.id = "P1", .sex = "O"}, "", paula()), "") << "not stated";
    EXPECT_EQ(found({.id = "P2", .sex = "M"}, "", paula()), "") << "another ID";
    EXPECT_EQ(found({.id = "", .sex = "M"}, "", {.id = "", .sex = "F"}), "") << "no ID";
}

TEST(PatientGroups, TakeOnePersonsSpellingsUnderAnIdForOne) {
    const auto contradict = [](const std::string& one, const std::string& other) {
        const auto named = [](const std::string& name) {
            return said_by({.id = "P1", .sex = "F", .name = name});
        };
        return !contradiction_of_id({named(one), named(other)}).empty();
    };
    EXPECT_FALSE(contradict("MULLER^ANNA", "Mueller, Anna"));
    EXPECT_FALSE(contradict("M\xC3\xBCller^Anna", "MUELLER^ANNA"));
    EXPECT_FALSE(contradict("DOE^JANE^M", "DOE^JANE"));
    EXPECT_FALSE(contradict("DOE^JANE", "JANE DOE"));
    EXPECT_FALSE(contradict("DOE^JANE^^DR", "DOE^JANE"));
    EXPECT_FALSE(contradict("DOE^J", "DOE^JANE"));
    EXPECT_FALSE(contradict("P1", "DOE^JANE"));
    EXPECT_FALSE(contradict("ANONYMOUS", "DOE^JANE"));
    EXPECT_TRUE(contradict("DOE^JANE", "DOE^JOHN"));
    EXPECT_TRUE(contradict("DOE^JANE", "ROE^JANE"));
    EXPECT_TRUE(contradict("WANG^WEI", "WANG^FANG"));
}

TEST(PatientGroups, TakeCoarseBirthDatesForWhatTheySay) {
    const auto contradict = [](const std::string& one, const std::string& other) {
        const auto born = [](const std::string& date) {
            return said_by({.id = "P1", .sex = "F", .birth_date = date});
        };
        return !contradiction_of_id({born(one), born(other)}).empty();
    };
    EXPECT_FALSE(contradict("19640101", "19640301"));
    EXPECT_FALSE(contradict("19000101", "19640301"));
    EXPECT_TRUE(contradict("19630101", "19640301"));
    EXPECT_TRUE(contradict("19640302", "19640301"));
    const Patient ann{.id = "P1", .sex = "F", .name = "ADAMS^ANN", .birth_date = "19640101"};
    const Patient zoe{.id = "P1", .sex = "F", .name = "ZOLA^ZOE", .birth_date = "19640902"};
    EXPECT_EQ(contradiction_of_id({said_by(ann), said_by(zoe)}), "different names");
}

TEST(PatientGroups, KnowIdsOfEverybody) {
    EXPECT_TRUE(is_id_of_everybody(plain_patient_id(" ANON")));
    EXPECT_TRUE(is_id_of_everybody(plain_patient_id("Unknown")));
    EXPECT_FALSE(is_id_of_everybody(plain_patient_id("ANON 12")));
    EXPECT_FALSE(is_id_of_everybody(""));
}

}  // namespace
}  // namespace paraspinal
