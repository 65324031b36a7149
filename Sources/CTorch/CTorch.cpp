// SPDX-License-Identifier: Apache-2.0

#include "CTorch.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/autocast_mode.h>
#include <ATen/core/Tensor.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/grad_mode.h>
#include <ATen/core/stack.h>
#include <ATen/ops/from_blob.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/function.h>
#include <torch/headeronly/version.h>

#include <dlfcn.h>
#include <malloc.h>

#include <atomic>
#include <mutex>
#include <string>
#include <unordered_map>

namespace {

thread_local std::string error_message;
thread_local std::string error_operation;
thread_local void *error_scope = nullptr;
thread_local torch::jit::Stack arguments;
thread_local torch::jit::Stack results;
std::atomic<int64_t> live_tensors{0};

void set_error(const char *operation, const char *message) {
    error_operation = operation;
    error_message = message;
}

/// Runs `body`; an exception becomes this thread's error and `failure` the result.
template <typename Result, typename Body>
Result guard(const char *operation, Result failure, Body &&body) {
    try {
        return body();
    } catch (const c10::Error &error) {
        set_error(operation, error.what_without_backtrace());
    } catch (const std::exception &error) {
        set_error(operation, error.what());
    } catch (...) {
        set_error(operation, "an exception of unknown type");
    }
    return failure;
}

c10::TensorImpl *impl(ct_tensor tensor) { return reinterpret_cast<c10::TensorImpl *>(tensor); }

/// A tensor that borrows the holder's reference for as long as the caller's expression runs.
at::Tensor borrow(ct_tensor tensor) {
    if (!tensor) return {};
    return at::Tensor(c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim_copy(impl(tensor)));
}

ct_tensor give(const at::Tensor &tensor) {
    TORCH_CHECK(tensor.defined(), "the result is an undefined tensor");
    live_tensors.fetch_add(1, std::memory_order_relaxed);
    at::Tensor owned = tensor;
    return reinterpret_cast<ct_tensor>(owned.unsafeReleaseTensorImpl());
}

ct_generator give(const at::Generator &generator) {
    return reinterpret_cast<ct_generator>(new at::Generator(generator));
}

at::Generator &generator_of(ct_generator generator) {
    return *reinterpret_cast<at::Generator *>(generator);
}

at::Device device_of(int32_t type, int32_t index) {
    return at::Device(static_cast<at::DeviceType>(type), static_cast<at::DeviceIndex>(index));
}

/// Operators are found once a thread and spelling; the key is the literal's address.
const c10::OperatorHandle &operator_named(const char *name) {
    thread_local std::unordered_map<const void *, c10::OperatorHandle> known;
    auto found = known.find(name);
    if (found != known.end()) return found->second;
    std::string full(name), overload;
    auto dot = full.find('.');
    if (dot != std::string::npos) {
        overload = full.substr(dot + 1);
        full.resize(dot);
    }
    auto handle = c10::Dispatcher::singleton().findSchemaOrThrow(full.c_str(), overload.c_str());
    return known.emplace(name, handle).first->second;
}

}  // namespace

// MARK: - Errors

const char *ct_error_message(void) { return error_message.c_str(); }
const char *ct_error_operation(void) { return error_operation.c_str(); }
void *ct_error_scope(void) { return error_scope; }
void ct_set_error_scope(void *scope) { error_scope = scope; }

// MARK: - Operators

int64_t ct_call(const char *name) {
    results.clear();
    int64_t count = guard(name, int64_t(-1), [&] {
        const auto &op = operator_named(name);
        const auto &parameters = op.schema().arguments();
        TORCH_CHECK(arguments.size() <= parameters.size(), name, " takes at most ", parameters.size(),
                    " arguments, not ", arguments.size());
        for (size_t i = arguments.size(); i < parameters.size(); ++i) {
            TORCH_CHECK(parameters[i].default_value().has_value(), name, ": argument ",
                        parameters[i].name(), " is missing");
            arguments.push_back(*parameters[i].default_value());
        }
        for (size_t i = 0; i < arguments.size(); ++i) {
            auto &value = arguments[i];
            TORCH_CHECK(!value.isTensor() || value.toTensor().defined(), name, ": argument ",
                        parameters[i].name(), " is the result of an operation that failed");
            // A boxed call converts nothing by itself, not even an integer to a real number.
            if (value.isInt() && parameters[i].type()->kind() == c10::TypeKind::FloatType) {
                value = static_cast<double>(value.toInt());
            }
        }
        // A stack of its own: a kernel may come back here (a gradient that calls Swift).
        torch::jit::Stack stack;
        stack.swap(arguments);
        op.callBoxed(stack);
        results.swap(stack);
        return static_cast<int64_t>(results.size());
    });
    arguments.clear();
    if (count < 0) results.clear();
    return count;
}

void ct_push_none(void) { arguments.emplace_back(); }
void ct_push_tensor(ct_tensor tensor) { arguments.emplace_back(borrow(tensor)); }
void ct_push_tensors(const ct_tensor *tensors, int64_t count) {
    c10::List<at::Tensor> list;
    list.reserve(count);
    for (int64_t i = 0; i < count; ++i) list.push_back(borrow(tensors[i]));
    arguments.emplace_back(std::move(list));
}
void ct_push_int(int64_t value) { arguments.emplace_back(value); }
void ct_push_double(double value) { arguments.emplace_back(value); }
void ct_push_bool(bool value) { arguments.emplace_back(value); }
void ct_push_string(const char *value) { arguments.emplace_back(std::string(value)); }
void ct_push_ints(const int64_t *values, int64_t count) {
    arguments.emplace_back(c10::List<int64_t>(at::IntArrayRef(values, count)));
}
void ct_push_device(int32_t type, int32_t index) { arguments.emplace_back(device_of(type, index)); }
void ct_push_generator(ct_generator generator) {
    arguments.emplace_back(generator_of(generator));
}

ct_tensor ct_result_tensor(int64_t index) {
    return guard("result", ct_tensor(nullptr),
                 [&] { return give(results.at(index).toTensor()); });
}
int64_t ct_result_list_count(int64_t index) {
    return guard("result", int64_t(-1), [&] {
        const auto &value = results.at(index);
        return value.isTensorList() ? static_cast<int64_t>(value.toTensorList().size()) : int64_t(-1);
    });
}
ct_tensor ct_result_list_tensor(int64_t index, int64_t element) {
    return guard("result", ct_tensor(nullptr),
                 [&] { return give(results.at(index).toTensorList().get(element)); });
}

// MARK: - Tensors

void ct_tensor_release(ct_tensor tensor) {
    if (!tensor) return;
    live_tensors.fetch_sub(1, std::memory_order_relaxed);
    c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim(impl(tensor));
}
ct_tensor ct_tensor_retain(ct_tensor tensor) { return tensor ? give(borrow(tensor)) : nullptr; }
int64_t ct_tensor_live_count(void) { return live_tensors.load(std::memory_order_relaxed); }
int64_t ct_tensor_dimension_count(ct_tensor tensor) { return impl(tensor)->dim(); }
int64_t ct_tensor_size(ct_tensor tensor, int64_t axis) {
    return guard("size", int64_t(-1), [&] { return impl(tensor)->size(axis); });
}
int64_t ct_tensor_element_count(ct_tensor tensor) { return impl(tensor)->numel(); }
int32_t ct_tensor_dtype(ct_tensor tensor) {
    return static_cast<int32_t>(c10::typeMetaToScalarType(impl(tensor)->dtype()));
}
void ct_tensor_device(ct_tensor tensor, int32_t *type, int32_t *index) {
    auto device = impl(tensor)->device();
    *type = static_cast<int32_t>(device.type());
    *index = device.has_index() ? device.index() : 0;
}
bool ct_tensor_is_contiguous(ct_tensor tensor) { return impl(tensor)->is_contiguous(); }
bool ct_tensor_is_channels_last(ct_tensor tensor) {
    return impl(tensor)->is_contiguous(at::MemoryFormat::ChannelsLast);
}
void *ct_tensor_data(ct_tensor tensor) {
    return guard("data", static_cast<void *>(nullptr), [&] { return impl(tensor)->mutable_data(); });
}
ct_tensor ct_tensor_over(
    void *data, const int64_t *shape, int64_t dimension_count, int32_t dtype,
    void (*release)(void *), void *context) {
    // A shared owner rather than a lambda: the deleter may be copied, the release must run once.
    std::shared_ptr<void> owner(context, release);
    return guard("from_blob", ct_tensor(nullptr), [&] {
        return give(at::from_blob(
            data, at::IntArrayRef(shape, dimension_count), [owner](void *) mutable { owner.reset(); },
            at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype))));
    });
}

// MARK: - Gradients

bool ct_tensor_requires_grad(ct_tensor tensor) { return borrow(tensor).requires_grad(); }
bool ct_tensor_set_requires_grad(ct_tensor tensor, bool value) {
    return guard("requires_grad", false, [&] {
        borrow(tensor).set_requires_grad(value);
        return true;
    });
}
ct_tensor ct_tensor_grad(ct_tensor tensor) {
    return guard("grad", ct_tensor(nullptr), [&] {
        auto grad = borrow(tensor).grad();
        return grad.defined() ? give(grad) : nullptr;
    });
}
bool ct_tensor_set_grad(ct_tensor tensor, ct_tensor grad) {
    return guard("grad", false, [&] {
        borrow(tensor).mutable_grad() = borrow(grad);
        return true;
    });
}
bool ct_backward(ct_tensor loss) {
    return guard("backward", false, [&] {
        TORCH_CHECK(loss, "the loss is the result of an operation that failed");
        torch::autograd::backward({borrow(loss)}, {});
        return true;
    });
}

namespace {

/// A computation of the caller's that can be run again.
struct Computation {
    ct_tensor (*body)(void *, const ct_tensor *, int64_t);
    std::shared_ptr<void> context;

    at::Tensor run(const std::vector<at::Tensor> &inputs) const {
        std::vector<ct_tensor> handles;
        for (const auto &input : inputs) handles.push_back(give(input));
        auto output = body(context.get(), handles.data(), static_cast<int64_t>(handles.size()));
        TORCH_CHECK(output, error_operation, ": ", error_message);
        at::Tensor result = borrow(output);
        ct_tensor_release(output);
        return result;
    }
};

/// The gradient of a computation of which only the inputs were kept.
struct Recomputation : torch::autograd::Node {
    Computation computation;
    std::vector<at::Tensor> inputs;

    torch::autograd::variable_list apply(torch::autograd::variable_list &&gradients) override {
        TORCH_CHECK(!inputs.empty(), "the gradient of a recomputation can be taken once");
        std::vector<at::Tensor> leaves;
        for (const auto &input : inputs) {
            leaves.push_back(input.detach().requires_grad_(input.requires_grad()));
        }
        at::AutoGradMode recording(true);
        auto output = computation.run(leaves);
        // Where nothing in it learns there is nothing to do.
        if (output.requires_grad()) torch::autograd::backward({output}, {gradients[0]});
        torch::autograd::variable_list results;
        for (const auto &leaf : leaves) results.push_back(leaf.grad());
        return results;
    }
    void release_variables() override { inputs.clear(); }
};

}  // namespace

ct_tensor ct_recomputed(
    const ct_tensor *inputs, int64_t count, ct_tensor (*body)(void *, const ct_tensor *, int64_t),
    void (*release)(void *), void *context) {
    Computation computation{body, std::shared_ptr<void>(context, release)};
    return guard("recomputed", ct_tensor(nullptr), [&] {
        std::vector<at::Tensor> tensors;
        for (int64_t i = 0; i < count; ++i) {
            TORCH_CHECK(inputs[i], "an input is the result of an operation that failed");
            tensors.push_back(borrow(inputs[i]));
        }
        if (!at::GradMode::is_enabled()) return give(computation.run(tensors));
        at::Tensor output;
        {
            at::AutoGradMode recording(false);
            // Detached, it takes a history of its own even where the computation returns an input.
            output = computation.run(tensors).detach();
        }
        auto node = std::shared_ptr<Recomputation>(new Recomputation(), torch::autograd::deleteNode);
        node->set_next_edges(torch::autograd::collect_next_edges(tensors));
        node->computation = std::move(computation);
        node->inputs = std::move(tensors);
        torch::autograd::create_gradient_edge(output, node);
        return give(output);
    });
}

bool ct_set_grad_enabled(bool enabled) {
    bool former = at::GradMode::is_enabled();
    at::GradMode::set_enabled(enabled);
    return former;
}
int32_t ct_set_autocast(int32_t device_type, int32_t dtype) {
    auto type = static_cast<at::DeviceType>(device_type);
    bool was_enabled = at::autocast::is_autocast_enabled(type);
    auto former = static_cast<int32_t>(at::autocast::get_autocast_dtype(type));
    at::autocast::set_autocast_enabled(type, dtype >= 0);
    if (dtype >= 0) at::autocast::set_autocast_dtype(type, static_cast<at::ScalarType>(dtype));
    return was_enabled ? former : -1;
}
void ct_clear_autocast_cache(void) { at::autocast::clear_cache(); }

// MARK: - Random numbers

ct_generator ct_generator_new(uint64_t seed) {
    return guard("generator", ct_generator(nullptr),
                 [&] { return give(at::make_generator<at::CPUGeneratorImpl>(seed)); });
}
void ct_generator_release(ct_generator generator) {
    delete reinterpret_cast<at::Generator *>(generator);
}
ct_tensor ct_generator_state(ct_generator generator) {
    return guard("generator state", ct_tensor(nullptr),
                 [&] { return give(generator_of(generator).get_state()); });
}
bool ct_generator_set_state(ct_generator generator, ct_tensor state) {
    return guard("generator state", false, [&] {
        TORCH_CHECK(state, "the state is the result of an operation that failed");
        generator_of(generator).set_state(borrow(state));
        return true;
    });
}

// MARK: - Process

const char *ct_version(void) { return TORCH_VERSION; }
bool ct_set_thread_count(int32_t count) {
    return guard("set_num_threads", false, [&] {
        at::set_num_threads(count);
        return true;
    });
}
int32_t ct_thread_count(void) { return at::get_num_threads(); }
bool ct_load_cuda(void) {
    return guard("load CUDA", false, [&] {
        static std::once_flag once;
        static std::string failure;
        std::call_once(once, [] {
            if (!dlopen("libtorch_cuda.so", RTLD_NOW | RTLD_GLOBAL)) failure = dlerror();
        });
        TORCH_CHECK(failure.empty(), failure,
                    "; on a machine with an NVIDIA GPU run Scripts/setup --cuda");
        TORCH_CHECK(at::globalContext().hasCUDA(), "no CUDA device was found; check that nvidia-smi "
                    "lists one, or run Scripts/setup --cuda");
        return true;
    });
}
void ct_keep_freed_memory(void) {
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, 2040 << 20);
    // Threads share the main heap: in one of its own a block above 64 MiB is mapped and faulted in each time.
    mallopt(M_ARENA_MAX, 1);
}
