// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "io/dicom/scan.h"
#include "io/dicom/structure.h"
#include "io/find_studies.h"
#include "io/output_file.h"
#include "io/read_file.h"
#include "tests/support/dicom_phantom.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <zlib.h>

// Data sets that DCMTK would crash on, or take minutes or gigabytes for.
namespace paraspinal {
namespace {

namespace fs = std::filesystem;
using dicom::kMostNestedSequences;
using std::string_literals::operator""s;

const std::string kStudyUidElement = "\x20\x00\x0d\x00UI"s;
const std::string kPixelDataElement = "\xe0\x7f\x10\x00OW"s;
const std::string kItemStart = "\xfe\xff\x00\xe0\xff\xff\xff\xff"s;
const std::string kEnds = "\xfe\xff\x0d\xe0\0\0\0\0\xfe\xff\xdd\xe0\0\0\0\0"s;

std::string repeated(const std::string& part, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) {
        all += part;
    }
    return all;
}

// So many sequences of the element `tag` inside each other.
std::string nested(const std::string& tag, int levels) {
    return repeated(tag + "SQ\0\0\xff\xff\xff\xff"s + kItemStart, levels) + repeated(kEnds, levels);
}

class HostileFile : public ::testing::Test {
  protected:
    HostileFile() {
        testing::write_dicom(file(), {});
        content_ = read_file(file()).value();
    }
    // The file with `bytes` in front of the element that starts with `place`.
    void insert(const std::string& bytes, const std::string& place) {
        std::string changed = content_;
        changed.insert(changed.find(place), bytes);
        write_file(file(), changed);
    }
    // What reading the header up to the series, and then all of it, ends with.
    std::string identified() {
        return outcome([this] { identify_dicom(file()); });
    }
    std::string scanned() {
        return outcome([this] { scan_dicom(file()); });
    }
    [[nodiscard]] fs::path file() const { return folder_.path() / "file"; }
    [[nodiscard]] const std::string& content() const { return content_; }

  private:
    static std::string outcome(const std::function<void()>& work) {
        const auto start = std::chrono::steady_clock::now();
        std::string name = "read";
        try {
            work();
        } catch (const Error& error) {
            name = error_name(error.code());
        }
        EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
        return name;
    }

    testing::TemporaryFolder folder_;
    std::string content_;
};

TEST_F(HostileFile, IsReadWithASequenceAsDeepAsAllowed) {
    insert(nested("\x08\x00\x40\x11"s, kMostNestedSequences), kStudyUidElement);
    EXPECT_EQ(identified(), "read");
    EXPECT_EQ(scanned(), "read");
}

TEST_F(HostileFile, IsRefusedWithADeeperSequence) {
    for (const int levels : {kMostNestedSequences + 1, 10000, 100000}) {
        insert(nested("\x08\x00\x40\x11"s, levels), kStudyUidElement);
        EXPECT_EQ(identified(), "malformed_file") << levels;
        EXPECT_EQ(scanned(), "malformed_file") << levels;
    }
    insert(nested("\x40\x00\x75\x02"s, 10000), kPixelDataElement);
    EXPECT_EQ(identified(), "read") << "what it needs comes before";
    EXPECT_EQ(scanned(), "malformed_file");
    write_file(file(), content() + nested("\xfa\xff\xfa\xff"s, 10000));
    EXPECT_EQ(scanned(), "malformed_file") << "behind the pixel data";
}

TEST_F(HostileFile, IsRefusedWithManyElementsOutOfOrder) {
    std::string elements;
    for (int element = 0xffff; element > 0xffff - 50000; --element) {
        elements += "\x29\x00"s + static_cast<char>(element & 0xff) +
                    static_cast<char>(element >> 8) + "LO\x02\x00" + "AB"s;
    }
    insert(elements, kPixelDataElement);
    EXPECT_EQ(scanned(), "malformed_file");
}

// `bytes` bytes that unpack to `megabytes` of zeros behind the header.
std::string deflated(const std::string& data_set, int megabytes) {
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
    std::string packed;
    const auto add = [&](std::string bytes, int flush) {
        std::string room(bytes.size() + 1024, '\0');
        stream.next_in = reinterpret_cast<Bytef*>(bytes.data());  // NOLINT(*-reinterpret-cast)
        stream.next_out = reinterpret_cast<Bytef*>(room.data());  // NOLINT(*-reinterpret-cast)
        stream.avail_in = static_cast<uInt>(bytes.size());
        stream.avail_out = static_cast<uInt>(room.size());
        deflate(&stream, flush);
        packed.append(room, 0, room.size() - stream.avail_out);
    };
    add(data_set, Z_NO_FLUSH);
    const std::string zeros(1 << 20, '\0');
    for (int i = 0; i < megabytes; ++i) {
        add(zeros, Z_NO_FLUSH);
    }
    add("", Z_FINISH);
    deflateEnd(&stream);
    return packed;
}

// The head of a data set, before its series, and what follows it.
class DeflatedFile : public HostileFile {
  protected:
    DeflatedFile() {
        testing::DicomPhantom phantom;
        phantom.syntax = testing::Syntax::deflated;
        write_dicom(file(), phantom);
        EXPECT_EQ(scanned(), "read");
        const std::string written = read_file(file()).value();
        // The meta header up to its last element.
        std::size_t end = written.find("1.2.840.10008.1.2.1.99") + 22;
        while (end + 8 <= written.size() && written.compare(end, 2, "\x02\x00"s) == 0) {
            end += 8 + static_cast<unsigned char>(written[end + 6]);
        }
        meta_ = written.substr(0, end);
        const std::size_t place =
            content().find("\x08\x00"s, content().find("1.2.840.10008.1.2.1"));
        head_ = content().substr(place, content().find(kStudyUidElement) - place) +
                "\x09\x00\x10\x00LO\x04\x00"s + "BOMB";
    }
    void write(const std::string& elements, int megabytes) {
        write_file(file(), meta_ + deflated(head_ + elements, megabytes));
    }

  private:
    std::string meta_;
    std::string head_;
};

TEST_F(DeflatedFile, IsRefusedWhenItUnpacksToGigabytes) {
    write("\x09\x00\x10\x10OB\0\0\0\0\0\x7d"s, 2000);
    EXPECT_LT(fs::file_size(file()), 4 << 20);
    EXPECT_EQ(identified(), "malformed_file");
    EXPECT_EQ(scanned(), "malformed_file");
}

// DCMTK would take memory for all of it first.
TEST_F(DeflatedFile, IsRefusedWhenAValueIsSaidToBeLongerThanTheRest) {
    write("\x09\x00\x10\x10OB\0\0\0\0\0\x7d"s, 0);
    EXPECT_EQ(identified(), "malformed_file");
    EXPECT_EQ(scanned(), "malformed_file");
}

}  // namespace
}  // namespace paraspinal
