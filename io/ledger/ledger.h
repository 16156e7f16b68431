// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/id_contradictions.h"
#include "io/ledger/ledger_files.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// How one study ended.
struct LedgerEntry {
    std::string study_uid;
    std::string patient_id;
    std::string status;   ///< ok, flagged, failed.
    std::string reason;   ///< Empty unless failed.
    std::string inputs;   ///< Fingerprint of its files.
    std::string options;  ///< Fingerprint of options and versions.
    std::string record;   ///< Everything that the tables need, as JSON; opaque here.
    std::string started;  ///< UTC, "2026-11-20T18:00:00Z"; empty when not known.
    double wall_s = 0;
    double processor_s = 0;
    double peak_memory_mb = 0;
};

/// What decides whether a study has to be measured again.
struct LedgerState {
    std::string status;
    std::string reason;
    std::string inputs;
    std::string options;
};

/// `ledger.sqlite` of a batch, where `study_uid` is a study_key throughout: which files there are
/// and how each study ended. Every change is a transaction that reaches the disk, so that a crash
/// or power cut loses none that was reported. One process at a time; not safe for several threads.
///
/// All members throw Error output_not_writable when the disk is full or refuses, and malformed_file
/// when the ledger is damaged.
class Ledger {
  public:
    enum class Access { write, read };

    /// Opens the ledger, or makes it (write access only). Throws Error input_not_found,
    /// malformed_file (no ledger, or damaged), ledger_too_new (written by a later version) and
    /// ledger_in_use.
    Ledger(const std::filesystem::path& file, Access access);
    ~Ledger();
    Ledger(const Ledger&) = delete;
    Ledger& operator=(const Ledger&) = delete;
    Ledger(Ledger&&) = delete;
    Ledger& operator=(Ledger&&) = delete;

    /// Starts a walk: from now on only files that are noted again count as present.
    void begin_walk();
    /// Notes `file` as present; false when its content must be put: it is new, has changed, or was
    /// left out for a reason that may have passed (no permission, no memory, its reader was lost).
    bool note_unchanged(const LedgerFile& file);
    void put_file(const LedgerFile& file, const LedgerFileContent& content);
    /// Ends the walk; only now the files are on disk for sure. Studies of several people are told
    /// apart (group_persons), and what was measured of them under another key is forgotten; so is
    /// what was measured of a folder of images without study UID before it was moved.
    void end_walk();

    using FilesOfStudy =
        std::function<void(const std::string& study_uid, const std::vector<LedgerFile>& files)>;
    /// Each study of the last walk with its files sorted by path, in the order of study UIDs.
    void for_each_study(const FilesOfStudy& visit) const;
    /// What the headers say of whose they are, once for each study, of those of the last walk and
    /// of measured ones whose files are gone.
    void for_each_person(const std::function<void(StatedPerson)>& visit) const;
    /// As contradictions_by_study, of all these. Holds in memory those that share a key.
    [[nodiscard]] ContradictionsByStudy contradictions() const;
    [[nodiscard]] std::vector<LedgerFile> files_of(const std::string& study_uid) const;
    /// Seconds since 1970 at which the youngest file of the study was first seen as it is now; not
    /// later than the end of the last walk, wherever the clock has been before.
    [[nodiscard]] double last_change_s(const std::string& study_uid) const;

    struct SkippedEntry {
        std::string path;
        std::string code;
        std::string reason;
    };
    /// Files of the last walk that belong to no study, sorted by path.
    void for_each_skipped(const std::function<void(const SkippedEntry&)>& visit) const;
    /// Those of them that were left out for a reason that may pass: nobody knows whose they are.
    [[nodiscard]] std::int64_t count_unread() const;

    [[nodiscard]] std::optional<LedgerState> state(const std::string& study_uid) const;
    /// Has the study count as changed, whatever its files: it is about to be measured again, which
    /// begins with the end of its files, and may be cut off.
    void begin_again(const std::string& study_uid);
    /// Keeps `entry`, in place of an earlier one of that study; `risk` is the fingerprint of what
    /// its risk was estimated from, empty where that is not known.
    void store(const LedgerEntry& entry, const std::string& risk = {});
    /// Studies measured under `options` whose risk was estimated from something else than `risk`
    /// (not empty), sorted, without those begun again. From now on nobody knows from what, until
    /// they are stored: their files are about to change, and that may be cut off.
    std::vector<std::string> begin_risks(const std::string& options, const std::string& risk);

    /// Runs `work`, whose changes are kept together or, when it throws, not at all.
    void in_one_transaction(const std::function<void()>& work);

    /// Every study that ever ended, sorted by patient ID, then study UID.
    void for_each_entry(const std::function<void(const LedgerEntry&)>& visit) const;
    [[nodiscard]] std::optional<LedgerEntry> entry(const std::string& study_uid) const;

    struct ReasonCount {
        std::string reason;
        std::int64_t studies = 0;
    };
    /// Number of studies for each reason of failure, the commonest first; "" are those measured.
    [[nodiscard]] std::vector<ReasonCount> count_by_reason() const;

  private:
    struct Store;
    std::unique_ptr<Store> store_;
};

}  // namespace paraspinal
