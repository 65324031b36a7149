"""Trains the CLIP-format tokenizer of radiograph-mini on radiology-words.txt.

Byte-level BPE never merges across words, so a weighted list of words is the whole corpus.
Equally frequent pairs are merged in alphabetical order: every run writes the same bytes.
Needs Python 3.11 or newer and nothing else:

    python3 Scripts/train-tokenizer.py PretrainedModels/radiograph-mini/tokenizer
"""

import json
import sys
from collections import Counter
from pathlib import Path

MAXIMUM_VOCABULARY = 4096
BOS, EOS = "<|startoftext|>", "<|endoftext|>"


def byte_alphabet():
    """The 256 printable characters that stand for the bytes, in CLIP's order ("!" is first)."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in printable]
    return dict(zip(printable, map(chr, printable))) | {
        byte: chr(256 + index) for index, byte in enumerate(others)
    }


def byte_level(word):
    """The word's UTF-8 bytes as printable characters."""
    alphabet = byte_alphabet()
    return "".join(alphabet[byte] for byte in word.encode())


def train_merges(words, merge_limit):
    """The merges for byte-level words with counts, most frequent pair first."""
    pieces = {word: [*word[:-1], word[-1] + "</w>"] for word in words}
    merges = []
    while len(merges) < merge_limit:
        counts = Counter()
        for word, parts in pieces.items():
            for pair in zip(parts, parts[1:]):
                counts[pair] += words[word]
        if not counts:
            break
        best = min(counts, key=lambda pair: (-counts[pair], pair))
        merges.append(best)
        for word, parts in pieces.items():
            if best in zip(parts, parts[1:]):
                pieces[word] = merged(parts, best)
    return merges


def merged(parts, pair):
    """The parts with every occurrence of the pair joined, from left to right."""
    result = []
    for part in parts:
        if result and (result[-1], part) == pair:
            result[-1] += part
        else:
            result.append(part)
    return result


def write_tokenizer(folder, merges, pad_token=EOS):
    """Writes a diffusers tokenizer folder; the end token has the highest id, as CLIP expects."""
    letters = list(byte_alphabet().values())
    tokens = letters + [letter + "</w>" for letter in letters]
    tokens += [left + right for left, right in merges] + [BOS, EOS]
    vocabulary = {token: index for index, token in enumerate(dict.fromkeys(tokens))}
    special = {"bos_token": BOS, "eos_token": EOS, "pad_token": pad_token, "unk_token": EOS}
    configuration = special | {
        "add_prefix_space": False,
        "do_lower_case": True,
        "errors": "replace",
        "model_max_length": 77,
        "tokenizer_class": "CLIPTokenizer",
    }
    lines = ["#version: 0.2"] + [f"{left} {right}" for left, right in merges]
    files = {
        "vocab.json": json.dumps(vocabulary, ensure_ascii=False, separators=(",", ":")),
        "merges.txt": "\n".join(lines),
        "tokenizer_config.json": json.dumps(configuration, indent=2, sort_keys=True),
        "special_tokens_map.json": json.dumps(special, indent=2, sort_keys=True),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text + "\n", encoding="utf-8")


def weighted_words(path):
    """The words of the list; a line "[name weight]" sets the weight of those that follow."""
    words, weight = Counter(), 1
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            weight = int(line.strip("[]").split()[1])
        elif not line.startswith("#"):
            for word in line.split():
                words[byte_level(word)] += weight
    return words


if __name__ == "__main__":
    words = weighted_words(Path(__file__).with_name("radiology-words.txt"))
    merges = train_merges(words, MAXIMUM_VOCABULARY - 512 - 2)
    write_tokenizer(Path(sys.argv[1]), merges)
    print(f"{len(words)} words, {len(merges)} merges, {512 + len(merges) + 2} tokens")
