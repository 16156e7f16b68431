// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"
#include "io/ledger/ledger.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <map>
#include <memory>
#include <string>
#include <utility>

namespace paraspinal {

/// The database behind a Ledger.
struct Ledger::Store {
    std::filesystem::path file;
    SQLite::Database database;
    std::int64_t walk = 0;  ///< Number of the last walk.
    std::unique_ptr<SQLite::Transaction> walking;
    std::int64_t files_in_transaction = 0;
    std::map<std::string, SQLite::Statement> statements;

    Store(const std::filesystem::path& path, int flags) : file(path), database(path, flags) {}

    /// Makes the tables where there are none (write access only), and checks them. Throws as
    /// Ledger.
    void open(Access access);

    /// A statement that is run once a file: made at its first use, and ready to be bound.
    SQLite::Statement& statement(const std::string& sql) {
        SQLite::Statement& prepared = statements.try_emplace(sql, database, sql).first->second;
        prepared.tryReset();  // Says again what its last run said.
        prepared.clearBindings();
        return prepared;
    }

    /// The Error that an SQLite exception of this ledger stands for.
    [[nodiscard]] Error explain(const SQLite::Exception& error) const;

    /// Runs `work`; what SQLite throws leaves as an Error.
    template <class Work>
    decltype(auto) run(Work&& work) const {
        try {
            return std::forward<Work>(work)();
        } catch (const SQLite::Exception& error) {
            throw explain(error);
        }
    }
};

}  // namespace paraspinal
