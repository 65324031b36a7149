// SPDX-License-Identifier: Apache-2.0
// A stream over bytes in memory that ends a parse nested too deeply: the toolkit recurses once a
// level of sequences, and a small hostile file has millions of them.

#ifndef CDCMTK_MEMORY_INPUT_H
#define CDCMTK_MEMORY_INPUT_H

#include "Shim.h"

#include <algorithm>
#include <cstdint>

class MemoryProducer : public DcmProducer {
public:
    MemoryProducer(const uint8_t *bytes, size_t count)
        : bytes_(bytes), count_(count), stack_(position_of_stack()) {}

    bool is_nested_too_deeply() const { return is_nested_too_deeply_; }

    OFBool good() const override { return !is_nested_too_deeply_; }
    OFCondition status() const override {
        return is_nested_too_deeply_ ? EC_InvalidStream : EC_Normal;
    }
    OFBool eos() override { return next_ == count_; }
    offile_off_t avail() override { return static_cast<offile_off_t>(count_ - next_); }

    offile_off_t read(void *buffer, offile_off_t length) override {
        // 200 KiB are some hundred levels, far more than any real object has and less than half of
        // the smallest stack of a thread.
        auto depth = stack_ > position_of_stack() ? stack_ - position_of_stack() : 0;
        if (depth > 200 << 10) is_nested_too_deeply_ = true;
        if (is_nested_too_deeply_) return 0;
        size_t count = taken(length);
        std::memcpy(buffer, bytes_ + next_ - count, count);
        return static_cast<offile_off_t>(count);
    }

    offile_off_t skip(offile_off_t length) override {
        return static_cast<offile_off_t>(taken(length));
    }
    void putback(offile_off_t length) override { next_ -= static_cast<size_t>(length); }

private:
    size_t taken(offile_off_t length) {
        size_t count = std::min(static_cast<size_t>(std::max<offile_off_t>(length, 0)), count_ - next_);
        next_ += count;
        return count;
    }

    static uintptr_t position_of_stack() {
        return reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
    }

    const uint8_t *bytes_;
    size_t count_;
    size_t next_ = 0;
    uintptr_t stack_;
    bool is_nested_too_deeply_ = false;
};

class MemoryInput : public DcmInputStream {
public:
    MemoryInput(const uint8_t *bytes, size_t count)
        : DcmInputStream(&producer_), producer_(bytes, count) {}

    bool is_nested_too_deeply() const { return producer_.is_nested_too_deeply(); }

    // Without a factory the toolkit reads every value at once instead of on demand.
    DcmInputStreamFactory *newFactory() const override { return nullptr; }

private:
    MemoryProducer producer_;
};

#endif
