// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/readings/take_outlines.h"

#include "core/error.h"
#include "core/patient_groups.h"
#include "core/text.h"
#include "io/digest.h"
#include "io/read_file.h"
#include "pipeline/batch/readings/readings_file.h"
#include "pipeline/batch/study_request.h"
#include "pipeline/batch/utc_now.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <string_view>
#include <thread>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

// Which studies a name may mean.
using Names = std::map<std::string, std::set<std::string>>;

Names names_of(const Ledger& ledger, const fs::path& run) {
    Names names;
    ledger.for_each_entry([&](const LedgerEntry& entry) {
        const std::string& uid = entry.study_uid;
        names[parse_study_key(uid).study_uid].insert(uid);
        names[record_path(run, uid).parent_path().filename()].insert(uid);
        names[parse_record(entry.record).measurement.get("accession_number")].insert(uid);
    });
    names.erase("");
    return names;
}

// A study instance UID has dots itself, so only endings that are known are cut off.
std::set<std::string> studies_named(const fs::path& file, const Names& names) {
    constexpr std::array<std::string_view, 5> kEndings{".nii.gz", ".nii", ".zip", ".roi", ".dcm"};
    std::string name = file.filename();
    const auto ending = std::ranges::find_if(
        kEndings, [&](std::string_view each) { return lower_case(name).ends_with(each); });
    if (!names.contains(name) && ending != kEndings.end()) {
        name.resize(name.size() - ending->size());
    }
    const auto found = names.find(name);
    return found == names.end() ? std::set<std::string>() : found->second;
}

std::vector<fs::path> files_in(const fs::path& folder) {
    if (!fs::is_directory(folder)) {
        throw Error(ErrorCode::input_not_found, "no such folder: '" + folder.string() + "'");
    }
    std::vector<fs::path> files;
    for (const fs::directory_entry& entry :
         fs::directory_iterator(fs::absolute(folder).lexically_normal())) {
        if (entry.is_regular_file() && !entry.path().filename().string().starts_with('.')) {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    return files;
}

// What this reader has said about a study.
struct Said {
    std::map<std::string, std::string> time_of_drawing;  // By its digest.
    std::string last_drawing;                            // Of her last word; empty: none.
    std::string last_options;
};

std::map<std::string, Said> said_by(const fs::path& run, const std::string& reader) {
    std::map<std::string, Said> said;
    for_each_reading(run, [&](const Reading& reading) {
        if (reading.reader == reader) {
            Said& about = said[reading.study_uid];
            about.last_drawing = reading.drawing_sha256;
            about.last_options = reading.options;
            about.time_of_drawing.try_emplace(reading.drawing_sha256, reading.time);
        }
    });
    return said;
}

class Taking {
  public:
    Taking(const Ledger& ledger, const OutlinesFolder& outlines, const BatchOptions& options)
        : ledger_(ledger), outlines_(outlines), options_(options) {}

    TakenOutlines take(const std::function<bool()>& should_stop) {
        find_requests();
        std::atomic<std::size_t> next = 0;
        const auto work = [&] {
            WorkerProcess worker(options_.worker);
            for (std::size_t i = next++; i < requests_.size() && !should_stop(); i = next++) {
                ask(worker, requests_[i]);
            }
        };
        {
            std::vector<std::jthread> threads;
            const auto jobs = std::min(requests_.size(), static_cast<std::size_t>(options_.jobs));
            for (std::size_t i = 0; i < jobs; ++i) {
                threads.emplace_back(work);
            }
        }
        std::ranges::sort(result_.not_taken, {}, &Ledger::SkippedEntry::path);
        return std::move(result_);
    }

  private:
    void refuse(const fs::path& file,
                const std::string& why,
                std::string_view code = error_name(ErrorCode::outline_mismatch)) {
        result_.not_taken.push_back({.path = file, .code = std::string(code), .reason = why});
    }

    void find_requests() {
        const Names names = names_of(ledger_, options_.folder);
        std::map<std::string, std::vector<fs::path>> files_of_study;
        for (const fs::path& file : files_in(outlines_.folder)) {
            const std::set<std::string> studies = studies_named(file, names);
            if (studies.size() == 1) {
                files_of_study[*studies.begin()].push_back(file);
            } else {
                refuse(file,
                       studies.empty() ? "no study has this study instance UID, accession number "
                                         "or study folder"
                                       : "several studies have this name; use the study folder");
            }
        }
        const auto said = said_by(options_.folder, outlines_.reader);
        for (const auto& [study_uid, files] : files_of_study) {
            if (files.size() > 1) {
                for (const fs::path& file : files) {
                    refuse(file, "another file is of the same study; leave one of them");
                }
                continue;
            }
            const auto about = said.find(study_uid);
            add_request(study_uid, files.front(), about == said.end() ? Said() : about->second);
        }
    }

    void add_request(const std::string& study_uid, const fs::path& file, const Said& said) {
        const std::optional<std::string> content = read_file(file);
        if (!content) {
            refuse(file, "it cannot be opened", error_name(ErrorCode::unreadable_file));
            return;
        }
        const std::string digest = sha256(*content);
        const auto before = said.time_of_drawing.find(digest);
        const bool is_new = before == said.time_of_drawing.end();
        const bool is_outdated =
            said.last_drawing == digest && said.last_options != options_.options_fingerprint;
        if (!is_new && !is_outdated) {
            ++result_.known;
            return;
        }
        StudyRequest request{
            .study_uid = study_uid,
            .fingerprints = {.inputs = {}, .options = options_.options_fingerprint},
            .files = {},
            .drawing = Drawing{.file = file,
                               .roi_names = outlines_.roi_names,
                               .reader = outlines_.reader,
                               .time = is_new ? utc_now() : before->second,
                               .sha256 = digest}};
        for (const LedgerFile& image : ledger_.files_of(study_uid)) {
            request.files.push_back(image.path);
        }
        if (request.files.empty()) {
            refuse(file, "the images of its study are no longer there");
            return;
        }
        requests_.push_back(std::move(request));
    }

    // Whatever goes wrong is said of the file.
    static StudyAnswer answer_of(WorkerProcess& worker, const StudyRequest& request) {
        const auto lost = [](std::string message) {
            return StudyAnswer{.worker_leaves = true,
                               .code = std::string(error_name(ErrorCode::crashed)),
                               .message = std::move(message)};
        };
        try {
            const WorkerReply reply = worker.ask(request_text(request));
            const bool is_answered = reply.end == WorkerReply::End::answered;
            const auto answer = is_answered ? parse_answer(reply.text) : std::nullopt;
            return answer.value_or(lost("its process was " + reply.text));
        } catch (const Error& error) {
            return lost(error.what());
        }
    }

    void ask(WorkerProcess& worker, const StudyRequest& request) {
        const StudyAnswer answer = answer_of(worker, request);
        if (answer.worker_leaves) {
            worker.dismiss();
        }
        const std::scoped_lock guard(mutex_);
        if (answer.is_done) {
            ++result_.taken;
        } else {
            refuse(request.drawing->file, answer.message, answer.code);
        }
    }

    const Ledger& ledger_;
    const OutlinesFolder& outlines_;
    const BatchOptions& options_;
    std::vector<StudyRequest> requests_;
    std::mutex mutex_;
    TakenOutlines result_;
};

}  // namespace

TakenOutlines take_outlines(const Ledger& ledger,
                            const OutlinesFolder& outlines,
                            const BatchOptions& options,
                            const std::function<bool()>& should_stop) {
    if (outlines.folder.empty()) {
        return {};
    }
    return Taking(ledger, outlines, options).take(should_stop);
}

}  // namespace paraspinal
