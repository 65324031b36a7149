// SPDX-License-Identifier: Apache-2.0
//
// libtorch behind flat C. No C++ type and no exception crosses this header.
//
// A handle is a libtorch object whose reference the holder owns; `ct_*_release` gives it back.
// A call that fails returns NULL, false or a negative number and leaves its reason in
// `ct_error_message` and `ct_error_operation` of the calling thread.

#ifndef CTORCH_H
#define CTORCH_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ct_tensor_s *ct_tensor;
typedef struct ct_generator_s *ct_generator;

// MARK: - Errors (per thread)

const char *ct_error_message(void);
const char *ct_error_operation(void);
/// What the holder wants to find again in this thread where an operation failed; NULL at first.
void *ct_error_scope(void);
void ct_set_error_scope(void *scope);

// MARK: - Operators: push the arguments in the schema's order, call, pop the results

/// Arguments left out at the end take the schema's defaults. `operator` is "namespace::name.overload"
/// and must live as long as the process. Returns the number of results, or -1.
int64_t ct_call(const char *operator_name);
void ct_push_none(void);
void ct_push_tensor(ct_tensor tensor);
void ct_push_tensors(const ct_tensor *tensors, int64_t count);
void ct_push_int(int64_t value);
void ct_push_double(double value);
void ct_push_bool(bool value);
void ct_push_string(const char *value);
void ct_push_ints(const int64_t *values, int64_t count);
void ct_push_device(int32_t type, int32_t index);
void ct_push_generator(ct_generator generator);
/// The result at `index` of the last call, if it is a tensor; the caller owns it.
ct_tensor ct_result_tensor(int64_t index);
/// The number of tensors in result `index` if it is a list, else -1; element `element` of that list.
int64_t ct_result_list_count(int64_t index);
ct_tensor ct_result_list_tensor(int64_t index, int64_t element);

// MARK: - Tensors

void ct_tensor_release(ct_tensor tensor);
/// Another reference to the same tensor, which the caller owns.
ct_tensor ct_tensor_retain(ct_tensor tensor);
/// The number of libtorch tensors that this process holds through this header.
int64_t ct_tensor_live_count(void);
int64_t ct_tensor_dimension_count(ct_tensor tensor);
int64_t ct_tensor_size(ct_tensor tensor, int64_t axis);
int64_t ct_tensor_element_count(ct_tensor tensor);
int32_t ct_tensor_dtype(ct_tensor tensor);
void ct_tensor_device(ct_tensor tensor, int32_t *type, int32_t *index);
bool ct_tensor_is_contiguous(ct_tensor tensor);
bool ct_tensor_is_channels_last(ct_tensor tensor);
/// The first element's address, for a dense tensor in main memory.
void *ct_tensor_data(ct_tensor tensor);
/// A tensor over memory that somebody else owns; `release(context)` runs once, when the last use ends.
/// On failure NULL is returned and `release` has run.
ct_tensor ct_tensor_over(
    void *data, const int64_t *shape, int64_t dimension_count, int32_t dtype,
    void (*release)(void *context), void *context);

// MARK: - Gradients

bool ct_tensor_requires_grad(ct_tensor tensor);
bool ct_tensor_set_requires_grad(ct_tensor tensor, bool value);
/// NULL without an error where there is no gradient.
ct_tensor ct_tensor_grad(ct_tensor tensor);
bool ct_tensor_set_grad(ct_tensor tensor, ct_tensor grad);
bool ct_backward(ct_tensor loss);
/// What `body` makes of the inputs now; `ct_backward` has it make it again, to take the gradient of.
///
/// `body` owns the references that it is given and gives one away, or NULL after a failure. `release` is
/// called once with `context`, on any thread, after the last call of `body`.
ct_tensor ct_recomputed(
    const ct_tensor *inputs, int64_t count,
    ct_tensor (*body)(void *context, const ct_tensor *inputs, int64_t count),
    void (*release)(void *context), void *context);
/// Both return the former setting; the type of autocast is negative where it is off.
bool ct_set_grad_enabled(bool enabled);
int32_t ct_set_autocast(int32_t device_type, int32_t dtype);
void ct_clear_autocast_cache(void);

// MARK: - Random numbers

ct_generator ct_generator_new(uint64_t seed);
void ct_generator_release(ct_generator generator);
/// The generator's whole state as a uint8 tensor, and back.
ct_tensor ct_generator_state(ct_generator generator);
bool ct_generator_set_state(ct_generator generator, ct_tensor state);

// MARK: - Process

const char *ct_version(void);
bool ct_set_thread_count(int32_t count);
int32_t ct_thread_count(void);
/// Loads libtorch_cuda from the loader's path; false (with the reason) where it or a GPU is missing.
bool ct_load_cuda(void);
/// Keeps freed blocks in the process instead of giving each back to the kernel.
void ct_keep_freed_memory(void);

#ifdef __cplusplus
}
#endif

#endif
