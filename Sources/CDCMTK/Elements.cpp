// SPDX-License-Identifier: Apache-2.0

#include "Shim.h"

#include <cstdlib>
#include <string>

namespace {

/// A copy for the caller to free, or null where there is nothing.
template <typename Value>
Value *copied(const Value *values, size_t count) {
    if (count == 0 || values == nullptr) return nullptr;
    auto *copy = static_cast<Value *>(std::malloc(count * sizeof(Value)));
    if (copy) std::memcpy(copy, values, count * sizeof(Value));
    return copy;
}

/// Runs `body`; an exception becomes null.
template <typename Body>
auto found(Body &&body) -> decltype(body()) {
    try {
        return body();
    } catch (...) {
        return nullptr;
    }
}

DcmElement *element(cdcm_item *item, cdcm_tag tag) {
    DcmElement *found = nullptr;
    item_of(item).findAndGetElement(tag_of(tag).getXTag(), found);
    return found;
}

}  // namespace

bool cdcm_item_has(cdcm_item *item, cdcm_tag tag) {
    return item_of(item).tagExists(tag_of(tag).getXTag());
}

char *cdcm_item_text(cdcm_item *item, cdcm_tag tag) {
    return found([&]() -> char * {
        DcmElement *value = element(item, tag);
        if (value == nullptr || !value->isLeaf()) return nullptr;
        OFString text;
        if (value->getOFStringArray(text, OFFalse).bad() || text.empty()) return nullptr;
        return copied(text.c_str(), text.size() + 1);
    });
}

uint16_t *cdcm_item_words(cdcm_item *item, cdcm_tag tag, size_t *count) {
    *count = 0;
    return found([&]() -> uint16_t * {
        DcmElement *value = element(item, tag);
        if (value == nullptr) return nullptr;
        size_t length = value->getLength() / sizeof(uint16_t);
        Uint16 *words = nullptr;
        Sint16 *signed_words = nullptr;
        Uint8 *bytes = nullptr;
        if (value->getUint16Array(words).bad() || words == nullptr) {
            if (value->getSint16Array(signed_words).good() && signed_words) {
                words = reinterpret_cast<Uint16 *>(signed_words);
            } else if (value->getUint8Array(bytes).good() && bytes) {
                words = reinterpret_cast<Uint16 *>(bytes);
            }
        }
        uint16_t *copy = copied(reinterpret_cast<const uint16_t *>(words), length);
        if (copy) *count = length;
        return copy;
    });
}

cdcm_item *cdcm_item_child(cdcm_item *item, cdcm_tag tag, size_t index) {
    return found([&]() -> cdcm_item * {
        DcmItem *child = nullptr;
        item_of(item).findAndGetSequenceItem(
            tag_of(tag).getXTag(), child, static_cast<signed long>(index));
        return handle(child);
    });
}

cdcm_status cdcm_item_append(cdcm_item *item, cdcm_tag tag, cdcm_item **child, char *message) {
    *child = nullptr;
    return guard(message, [&] {
        DcmItem *made = nullptr;
        constexpr signed long after_the_last = -2;
        OFCondition condition =
            item_of(item).findOrCreateSequenceItem(tag_of(tag), made, after_the_last);
        *child = handle(made);
        return check(condition, message);
    });
}

cdcm_status cdcm_item_set_text(
    cdcm_item *item, cdcm_tag tag, const char *text, char *message) {
    return guard(message, [&] {
        return check(item_of(item).putAndInsertString(tag_of(tag), text), message);
    });
}

void cdcm_item_remove(cdcm_item *item, cdcm_tag tag) {
    item_of(item).findAndDeleteElement(tag_of(tag).getXTag());
}

uint32_t *cdcm_item_tags(cdcm_item *item, size_t *count) {
    *count = item_of(item).card();
    return found([&]() -> uint32_t * {
        auto *tags = static_cast<uint32_t *>(std::malloc((*count + 1) * sizeof(uint32_t)));
        size_t index = 0;
        for (DcmObject *next = nullptr; tags && (next = item_of(item).nextInContainer(next));) {
            if (index == *count) break;
            tags[index++] = uint32_t{next->getGTag()} << 16 | next->getETag();
        }
        *count = index;
        return tags;
    });
}
