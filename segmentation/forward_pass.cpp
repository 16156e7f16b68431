// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "segmentation/forward_pass_internal.h"

#include <opencv2/dnn/all_layers.hpp>

#include <algorithm>
#include <map>
#include <new>
#include <oneapi/dnnl/dnnl.hpp>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

// Of OpenMP, which runs oneDNN's loops; its header needs the compiler's own OpenMP.
extern "C" void omp_set_num_threads(int count);

namespace paraspinal {
namespace {

using dnnl::memory;

constexpr auto kInference = dnnl::prop_kind::forward_inference;

struct Step {
    dnnl::primitive primitive;
    std::unordered_map<int, memory> arguments;
};

struct Plan {
    dnnl::engine engine{dnnl::engine::kind::cpu, 0};
    dnnl::stream stream{engine};
    std::vector<Step> steps;
    std::vector<memory> rooms;  // Where all values lie.
    memory image;
    memory probabilities;
};

[[noreturn]] void refuse(const cv::dnn::Layer& layer) {
    throw Error(ErrorCode::malformed_file,
                "the network has a layer that those of scripts/train have not: " + layer.type);
}

memory::desc plain(const memory::dims& shape) {
    return {shape, memory::data_type::f32, memory::format_tag::nchw};
}

// In the order of values that oneDNN finds fastest.
memory::desc any(const memory::dims& shape) {
    return {shape, memory::data_type::f32, memory::format_tag::any};
}

// Follows the layers of a network in their order and notes what oneDNN has to do for each.
class Planner {
  public:
    Planner(const cv::dnn::Net& net, ImageSize size) : net_(net), size_(size) {
        for (const std::string& name : net.getLayerNames()) {
            const int id = net.getLayerId(name);
            layers_.push_back(net.getLayer(id));
            inputs_.push_back(net.getLayerInputs(id));
            for (const auto& input : inputs_.back()) {
                last_use_[input->name] = layers_.size() - 1;
            }
        }
    }

    Plan plan() {
        plan_.image = memory(plain({1, 1, size_.rows, size_.cols}), plan_.engine);
        memory value = plan_.image;
        for (at_ = 0; at_ < layers_.size(); ++at_) {
            value = value_of(*layers_[at_]);
            values_[layers_[at_]->name] = value;
            free_unneeded();
        }
        plan_.probabilities = ordered(value, plain(value.get_desc().dims()));
        return std::move(plan_);
    }

  private:
    memory value_of(cv::dnn::Layer& layer) {
        if (layer.type == "Convolution") {
            return convolution(dynamic_cast<cv::dnn::BaseConvolutionLayer&>(layer));
        }
        if (layer.type == "Resize") {
            return doubled();
        }
        if (layer.type == "Concat") {
            return joined();
        }
        if (layer.type == "Softmax") {
            return softmax();
        }
        // Part of its convolution, or a turn of channels, which oneDNN numbers alike all the same.
        if (layer.type == "ReLU" || layer.type == "Permute" || layer.type == "Identity") {
            return input();
        }
        refuse(layer);
    }

    [[nodiscard]] memory input(std::size_t number = 0) const {
        const auto value = values_.find(inputs_[at_].at(number)->name);
        return value == values_.end() ? plan_.image : value->second;
    }

    // The shape of what the current layer gives.
    [[nodiscard]] memory::dims shape() const {
        std::vector<cv::dnn::MatShape> in;
        std::vector<cv::dnn::MatShape> out;
        net_.getLayerShapes(
            {1, 1, size_.rows, size_.cols}, net_.getLayerId(layers_[at_]->name), in, out);
        return {out.at(0).begin(), out.at(0).end()};
    }

    // With the rectifier that follows it; only the last convolution has none.
    [[nodiscard]] dnnl::primitive_attr with_rectifier() const {
        dnnl::primitive_attr attributes;
        if (at_ + 1 < layers_.size() && layers_[at_ + 1]->type == "ReLU") {
            const auto& rectifier = dynamic_cast<cv::dnn::ReLULayer&>(*layers_[at_ + 1]);
            dnnl::post_ops after;
            after.append_eltwise(1, dnnl::algorithm::eltwise_relu, rectifier.negativeSlope, 0);
            attributes.set_post_ops(after);
        }
        return attributes;
    }

    memory convolution(const cv::dnn::BaseConvolutionLayer& layer) {
        if (layer.blobs.size() != 2) {
            refuse(layer);
        }
        const cv::Mat& weights = layer.blobs[0];
        const memory::dims kernel(weights.size.p, std::next(weights.size.p, weights.dims));
        const memory::desc bias(
            memory::dims{kernel[0]}, memory::data_type::f32, memory::format_tag::x);
        const dnnl::convolution_forward::desc layout(
            kInference,
            dnnl::algorithm::convolution_direct,
            any(input().get_desc().dims()),
            any(kernel),
            bias,
            any(shape()),
            memory::dims(layer.strides.begin(), layer.strides.end()),
            memory::dims(layer.pads_begin.begin(), layer.pads_begin.end()),
            memory::dims(layer.pads_end.begin(), layer.pads_end.end()));
        const dnnl::convolution_forward::primitive_desc kind(
            layout, with_rectifier(), plan_.engine);
        const memory from = ordered(input(), kind.src_desc());
        memory to = space(kind.dst_desc());
        add(dnnl::convolution_forward(kind),
            {{DNNL_ARG_SRC, from},
             {DNNL_ARG_WEIGHTS, constant(plain(kernel), weights, kind.weights_desc())},
             {DNNL_ARG_BIAS, constant(bias, layer.blobs[1], bias)},
             {DNNL_ARG_DST, to}});
        return to;
    }

    // Each pixel twice in both directions.
    memory doubled() {
        const memory from = input();
        const dnnl::resampling_forward::desc nearest(
            kInference, dnnl::algorithm::resampling_nearest, from.get_desc(), any(shape()));
        const dnnl::resampling_forward::primitive_desc kind(nearest, plan_.engine);
        memory to = space(kind.dst_desc());
        add(dnnl::resampling_forward(kind), {{DNNL_ARG_SRC, from}, {DNNL_ARG_DST, to}});
        return to;
    }

    memory joined() {
        std::vector<memory::desc> parts;
        std::unordered_map<int, memory> arguments;
        for (std::size_t i = 0; i < inputs_[at_].size(); ++i) {
            parts.push_back(input(i).get_desc());
            arguments.emplace(DNNL_ARG_MULTIPLE_SRC + static_cast<int>(i), input(i));
        }
        const dnnl::concat::primitive_desc kind(1, parts, plan_.engine);
        memory to = space(kind.dst_desc());
        arguments.emplace(DNNL_ARG_DST, to);
        add(dnnl::concat(kind), arguments);
        return to;
    }

    memory softmax() {
        memory scores = input();
        const dnnl::softmax_forward::desc over_channels(kInference, scores.get_desc(), 1);
        const dnnl::softmax_forward::primitive_desc kind(over_channels, plan_.engine);
        add(dnnl::softmax_forward(kind), {{DNNL_ARG_SRC, scores}, {DNNL_ARG_DST, scores}});
        return scores;
    }

    // `value` in another order of its numbers.
    memory ordered(const memory& value, const memory::desc& wanted) {
        if (value.get_desc() == wanted) {
            return value;
        }
        memory to = space(wanted);
        add(dnnl::reorder(value, to), {{DNNL_ARG_FROM, value}, {DNNL_ARG_TO, to}});
        return to;
    }

    memory constant(const memory::desc& is, const cv::Mat& values, const memory::desc& wanted) {
        memory from(is, plan_.engine, values.data);
        memory to(wanted, plan_.engine);
        dnnl::reorder(from, to).execute(plan_.stream, from, to);
        plan_.stream.wait();
        return to;
    }

    void add(const dnnl::primitive& primitive, const std::unordered_map<int, memory>& arguments) {
        plan_.steps.push_back({.primitive = primitive, .arguments = arguments});
    }

    // Room for a value, where an earlier one lay that no layer needs any more if that is enough.
    memory space(const memory::desc& wanted) {
        const auto found = free_.lower_bound(wanted.get_size());
        memory room = found == free_.end() ? memory(wanted, plan_.engine) : found->second;
        if (found != free_.end()) {
            free_.erase(found);
        }
        plan_.rooms.push_back(room);
        used_.push_back(room);
        return {wanted, plan_.engine, room.get_data_handle()};
    }

    // After a layer: frees the room of values that no later one needs.
    void free_unneeded() {
        std::erase_if(values_, [&](const auto& value) {
            const auto last = last_use_.find(value.first);
            return last != last_use_.end() && last->second <= at_;
        });
        std::erase_if(used_, [&](const memory& room) {
            const bool is_needed = std::ranges::any_of(values_, [&](const auto& value) {
                return value.second.get_data_handle() == room.get_data_handle();
            });
            if (!is_needed) {
                free_.emplace(room.get_desc().get_size(), room);
            }
            return !is_needed;
        });
    }

    const cv::dnn::Net& net_;
    ImageSize size_;
    std::vector<cv::Ptr<cv::dnn::Layer>> layers_;
    std::vector<std::vector<cv::Ptr<cv::dnn::Layer>>> inputs_;
    std::map<std::string, std::size_t> last_use_;
    std::map<std::string, memory> values_;
    std::vector<memory> used_;
    std::multimap<std::size_t, memory> free_;  // By size.
    std::size_t at_ = 0;
    Plan plan_;
};

}  // namespace

struct ForwardPass::State {
    ImageSize size;
    std::optional<Plan> plan;
    // Instead of a plan, where the system forbids code that is made at run time, as oneDNN's is.
    cv::dnn::Net net;
    cv::Mat probabilities;
};

ForwardPass::ForwardPass(const cv::dnn::Net& net, ImageSize size)
    : state_(std::make_unique<State>(State{.size = size})) {
    omp_set_num_threads(1);
    try {
        state_->plan = Planner(net, size).plan();
    } catch (const dnnl::error& error) {
        if (error.status == dnnl_out_of_memory) {
            throw std::bad_alloc();
        }
        state_->net = net;
    }
}

ForwardPass::~ForwardPass() = default;
ForwardPass::ForwardPass(ForwardPass&&) noexcept = default;

std::span<const float> ForwardPass::run(std::span<const float> image) {
    if (!state_->plan) {
        cv::Mat blob({1, 1, state_->size.rows, state_->size.cols}, CV_32F);
        std::ranges::copy(image, blob.ptr<float>());
        state_->net.setInput(blob);
        state_->probabilities = state_->net.forward();
        return {state_->probabilities.ptr<float>(), state_->probabilities.total()};
    }
    Plan& plan = *state_->plan;
    omp_set_num_threads(1);  // Holds for the thread that calls.
    std::ranges::copy(image, static_cast<float*>(plan.image.get_data_handle()));
    for (const Step& step : plan.steps) {
        step.primitive.execute(plan.stream, step.arguments);
    }
    plan.stream.wait();
    const auto* const first = static_cast<const float*>(plan.probabilities.get_data_handle());
    return {first, plan.probabilities.get_desc().get_size() / sizeof(float)};
}

}  // namespace paraspinal
