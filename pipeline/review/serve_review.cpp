// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/review/serve_review.h"

#include "core/error.h"
#include "core/text.h"
#include "io/read_file.h"
#include "pipeline/loopback/loopback.h"
#include "pipeline/review/access.h"
#include "pipeline/review/page_files.h"
#include "pipeline/review/review_json.h"
#include "pipeline/review/review_requests.h"
#include "segmentation/give_back.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <httplib.h>
#include <malloc.h>
#include <memory>
#include <stop_token>
#include <thread>

namespace paraspinal {
namespace {

using httplib::Request;
using httplib::Response;

// Under its bare name the library compresses it as hard as it can: seconds for ten thousand
// studies, to save a copy within one machine.
constexpr const char* kJson = "application/json; charset=utf-8";

// Nothing but what this server sends may run, be shown or be asked for, and no other page may
// frame it. W3C, Content Security Policy Level 3.
constexpr const char* kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

constexpr const char* kTurnedAway =
    "This address needs the token that 'paraspinal review' printed. Open the whole line, and "
    "forward a port to the same number on your side.\n";

constexpr const char* kNoOrigin =
    "A request that changes something must say where it comes from, as browsers do: send the "
    "header "
    "Origin with the address of the page, such as http://127.0.0.1:8080.\n";

RequestOrigin origin_of(const Request& request) {
    return {.host = request.get_header_value("Host"),
            .origin = request.get_header_value("Origin"),
            .fetch_site = request.get_header_value("Sec-Fetch-Site"),
            .cookies = request.get_header_value("Cookie"),
            .changes_something = request.method != "GET"};
}

void secure(Response& response) {
    response.set_header("Content-Security-Policy", kPolicy);
    response.set_header("X-Content-Type-Options", "nosniff");
    response.set_header("Referrer-Policy", "no-referrer");
    response.set_header("Cross-Origin-Resource-Policy", "same-origin");
    response.set_header("Cache-Control", "no-store");
}

class ReviewServer {
  public:
    ReviewServer(ReviewSession& session, const ServeOptions& options)
        : session_(session), token_(random_token()) {
        constexpr std::size_t kLargestRequest = std::size_t{16} << 20U;
        server_.set_payload_max_length(kLargestRequest);
        constexpr std::size_t kConnections = 12;  // A browser opens up to six.
        server_.new_task_queue = [] { return new httplib::ThreadPool(kConnections); };
        port_ = bind_to_loopback(server_, options.port);
        add_gate();
        add_pages();
        add_studies();
        add_decisions();
    }

    void run(const ServeOptions& options) {
        const std::jthread watch([&](const std::stop_token& token) {
            while (!token.stop_requested() && !options.should_stop()) {
                std::this_thread::sleep_for(std::chrono::milliseconds(100));
            }
            server_.stop();
        });
        options.listening("http://127.0.0.1:" + std::to_string(port_) + "/?token=" + token_);
        if (!server_.listen_after_bind() && !options.should_stop()) {
            throw Error(ErrorCode::internal, "the server ended by itself");
        }
    }

  private:
    // The token comes once in the address and from then on in a cookie that no script can read and
    // that no other site's request brings along.
    bool let_in(const Request& request, Response& response) const {
        const bool is_entry = request.method == "GET" && request.path == "/" &&
                              is_addressed_here(request.get_header_value("Host"), port_) &&
                              is_same_secret(request.get_param_value("token"), token_);
        if (is_entry) {
            response.set_header(
                "Set-Cookie",
                cookie_name(port_) + "=" + token_ + "; Path=/; HttpOnly; SameSite=Strict");
            response.set_redirect("/", 303);
            return false;
        }
        const RequestOrigin origin = origin_of(request);
        if (is_own_request(origin, port_, token_)) {
            return true;
        }
        response.status = 403;
        response.set_content(hides_origin(origin) ? kNoOrigin : kTurnedAway,
                             "text/plain; charset=utf-8");
        return false;
    }

    void add_gate() {
        server_.set_pre_routing_handler([this](const Request& request, Response& response) {
            secure(response);
            return let_in(request, response) ? httplib::Server::HandlerResponse::Unhandled
                                             : httplib::Server::HandlerResponse::Handled;
        });
        server_.set_exception_handler(
            [](const Request& /*request*/, Response& response, std::exception_ptr error) {
                response.status = 500;
                try {
                    std::rethrow_exception(error);
                } catch (const Error& known) {
                    response.status = known.code() == ErrorCode::slice_not_found ? 404 : 409;
                    response.set_content(error_answer(known.message()), kJson);
                } catch (const std::exception& unknown) {
                    response.set_content(error_answer(unknown.what()), kJson);
                }
            });
    }

    void add_pages() {
        // Browsers ask for it whatever the page says.
        server_.Get("/favicon.ico",
                    [](const Request&, Response& response) { response.status = 204; });
        for (const PageFile& file : page_files()) {
            server_.Get(std::string(file.path), [&file](const Request&, Response& response) {
                response.set_content(
                    file.content.data(), file.content.size(), std::string(file.type));
            });
        }
    }

    // Place of the study in the address.
    std::size_t place_of(const Request& request) const {
        const auto place = parse_integer(request.matches[1].str());
        if (!place || *place < 0 || static_cast<std::size_t>(*place) >= session_.count()) {
            throw Error(ErrorCode::slice_not_found, "there is no such study");
        }
        return static_cast<std::size_t>(*place);
    }

    void add_studies() {
        server_.Get("/api/studies", [this](const Request&, Response& response) {
            session_.look_again();
            response.set_content(list_answer(session_), kJson);
            give_back_freed();
        });
        server_.Get(R"(/api/studies/(\d{1,9}))",
                    [this](const Request& request, Response& response) {
                        response.set_content(study_answer(session_, place_of(request)), kJson);
                    });
        server_.Get(R"(/api/studies/(\d{1,9})/image)",
                    [this](const Request& request, Response& response) {
                        send_pixels(choice_of(request).is_of_run()
                                        ? session_.stored(place_of(request)).slice
                                        : prepared(request)->study.stored.slice,
                                    response);
                    });
        server_.Get(R"(/api/studies/(\d{1,9})/even)",
                    [this](const Request& request, Response& response) {
                        send_pixels(prepared(request)->study.even, response);
                    });
        server_.Get(R"(/api/studies/(\d{1,9})/slice)",
                    [this](const Request& request, Response& response) {
                        response.set_content(
                            slice_answer(session_, place_of(request), choice_of(request)), kJson);
                    });
        server_.Get(
            R"(/api/studies/(\d{1,9})/slices)", [this](const Request& request, Response& response) {
                const SliceChoices choices =
                    session_.slice_choices(place_of(request), choice_of(request).level_offset);
                response.set_content(slice_choices_answer(choices), kJson);
            });
        // These names alone, so that no address leads to another file.
        server_.Get(
            R"(/api/studies/(\d{1,9})/([a-z]{1,20}\.[a-z]{3}))",
            [this](const Request& request, Response& response) {
                const std::string name = request.matches[2].str();
                const bool is_picture = std::ranges::find(kRunPictures, name) != kRunPictures.end();
                const auto picture = session_.options().is_blind || !is_picture
                                         ? std::nullopt
                                         : read_file(session_.folder_of(place_of(request)) / name);
                if (!picture) {
                    throw Error(ErrorCode::slice_not_found, "there is no such picture");
                }
                response.set_content(*picture,
                                     name.ends_with(".svg") ? "image/svg+xml" : "image/png");
            });
        server_.Get(R"(/api/studies/(\d{1,9})/readings/(\d{1,9})/labels)",
                    [this](const Request& request, Response& response) {
                        const auto reading = parse_integer(request.matches[2].str()).value_or(0);
                        const LabelMap labels = session_.corrected_labels(
                            place_of(request), static_cast<std::size_t>(reading));
                        response.set_content(labels_answer(labels), kJson);
                    });
    }

    void add_decisions() {
        server_.Post(
            R"(/api/studies/(\d{1,9})/measure)",
            [this](const Request& request, Response& response) {
                const auto known = prepared(request);
                const MeasuredAgain again = session_.measure(
                    known->place, known->choice, parse_labels(request.body, size_of(*known)));
                response.set_content(measured_answer(again, known->study.measured), kJson);
            });
        server_.Post(R"(/api/studies/(\d{1,9})/readings)",
                     [this](const Request& request, Response& response) {
                         const std::size_t place = place_of(request);
                         const ImageSize size =
                             has_labels(request.body) ? size_of(*prepared(request)) : ImageSize{};
                         DecisionRequest decision = parse_decision(request.body, size);
                         decision.choice = choice_of(request);
                         session_.decide(place, decision);
                         response.set_content(readings_answer(session_, place), kJson);
                     });
        server_.Post(
            R"(/api/studies/(\d{1,9})/draft)", [this](const Request& request, Response& response) {
                const ImageSize size =
                    has_labels(request.body) ? size_of(*prepared(request)) : ImageSize{};
                const DraftRequest draft = parse_draft(request.body, size, choice_of(request));
                session_.keep_draft(place_of(request), draft.decisions, draft.text);
                response.set_content("{}", kJson);
            });
    }

    // Which slice the address asks for.
    static SliceChoice choice_of(const Request& request) {
        const auto offset = parse_integer(request.get_param_value("offset"));
        if (request.has_param("offset") && (!offset || *offset < -1 || *offset > 1)) {
            throw Error(ErrorCode::usage, "the names of the vertebrae move by one at most");
        }
        return {.slice_uid = request.get_param_value("slice"),
                .level_offset = static_cast<int>(offset.value_or(0))};
    }

    std::shared_ptr<const ReviewSession::Prepared> prepared(const Request& request) {
        return session_.prepared(place_of(request), choice_of(request));
    }

    static ImageSize size_of(const ReviewSession::Prepared& known) {
        return known.study.stored.slice.intensity.size();
    }

    static void send_pixels(const ImageSlice& slice, Response& response) {
        const auto& pixels = slice.intensity.pixels;
        std::string bytes(pixels.size() * sizeof(float), '\0');
        std::memcpy(bytes.data(), pixels.data(), bytes.size());
        response.set_content(bytes, "application/octet-stream");
    }

    ReviewSession& session_;
    std::string token_;
    std::uint16_t port_ = 0;
    httplib::Server server_;
};

}  // namespace

void serve_review(ReviewSession& session, const ServeOptions& options) {
    // What one thread frees is of use to the others; each would keep it to itself.
    mallopt(M_ARENA_MAX, 1);
    ReviewServer(session, options).run(options);
}

}  // namespace paraspinal
