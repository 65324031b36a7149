"""The comparison of the pictures before and after, as text."""

import json
from math import comb, sqrt

Z = 1.959963984540054  # the 97.5th percentile of the unit Gaussian


def wilson(count, total):
    """The 95 % score interval of a proportion (Wilson 1927).

    >>> [round(bound, 3) for bound in wilson(237, 240)]
    [0.964, 0.996]
    """
    share, square = count / total, Z * Z / total
    centre = (share + square / 2) / (1 + square)
    reach = Z / (1 + square) * sqrt(share * (1 - share) / total + square / (4 * total))
    return max(centre - reach, 0), min(centre + reach, 1)


def mcnemar(gained, lost):
    """The exact two-sided probability of so uneven a change of pairs, were both directions equally likely (McNemar 1947).

    >>> round(mcnemar(15, 5), 4), mcnemar(0, 0)
    (0.0414, 1.0)
    """
    changed = gained + lost
    tail = sum(comb(changed, k) for k in range(min(gained, lost) + 1)) / 2**changed
    return min(1.0, 2 * tail)


def share(count, total):
    low, high = wilson(count, total)
    return f"{count} of {total} ({100 * low:.0f}-{100 * high:.0f} %)"


def hits(path):
    """For each prompt, file by file, whether the picture was recognised."""
    found = {}
    for entry in json.loads(path.read_text())["entries"]:
        names = zip(entry["files"], entry["seen"])
        found[entry["prompt"]] = {name: seen == entry["expected"] for name, seen in names}
    return found


def comparison(before, after):
    """Rows of a table: every prompt, then all, with the pairs that changed."""
    if {prompt: set(files) for prompt, files in before.items()} != {prompt: set(files) for prompt, files in after.items()}:
        raise SystemExit("the pictures before and after are not of the same prompts and seeds")
    rows = [(prompt, [(before[prompt][name], after[prompt][name]) for name in sorted(before[prompt])]) for prompt in before]
    if len(rows) > 1:
        rows.append(("**all**", [pair for _, pairs in rows for pair in pairs]))
    lines = ["| prompt | before | after | gained, lost | p |", "|---|---|---|---|---|"]
    for prompt, pairs in rows:
        gained, lost = (pairs.count((old, not old)) for old in (False, True))
        counts = [share(sum(pair[side] for pair in pairs), len(pairs)) for side in (0, 1)]
        lines.append(f"| {prompt} | {counts[0]} | {counts[1]} | {gained}, {lost} | {mcnemar(gained, lost):.2g} |")
    return "\n".join(lines)


def judge(found):
    """How the classifier of findings does on real images of the test split: each class, and what it is taken for."""
    lines = ["| class | told right | taken for |", "|---|---|---|"]
    for entry in found["entries"]:
        mistakes = ", ".join(f"{count} {name}" for name, count in sorted(entry["mistakes"].items()))
        lines.append(f"| {entry['name']} | {share(entry['recall']['count'], entry['recall']['total'])} | {mistakes} |")
    lines.append(f"| all | {share(found['accuracy']['count'], found['accuracy']['total'])} | |")
    return "\n".join(lines) + f"\n\nBalanced accuracy {100 * found['balancedAccuracy']:.1f} %."


def distances(results):
    lines = ["| distance | | minimum | 1 % | 5 % | 25 % | median | 75 % | 95 % |", "|---|---|---|---|---|---|---|---|---|"]
    for index in range(2):
        old, new = (json.loads((results / f"{name}-chest-nearest.json").read_text())["entries"][index] for name in ["before", "after"])
        scale = 1e3 if "cosine" in old["distance"] else 1
        title = old["distance"].replace("cosine distance", "cosine distance, 1e-3")
        for name, values in [("before", old["generated"]), ("after", new["generated"]), ("held-out real", new["heldOut"])]:
            lines.append(f"| {title} | {name} | " + " | ".join(f"{scale * value:.3g}" for value in values) + " |")
            title = ""
        suspicious = ", ".join(f"{name} {share(x['suspicious']['count'], x['suspicious']['total'])}" for name, x in [("before", old), ("after", new)])
        lines.append(f"| | nearer than the first percentile of real ones | {suspicious} |" + " |" * 6)
    return "\n".join(lines)


def text(results, drawn):
    finding, region, ct = (
        comparison(*(hits(results / f"{variant}-{name}.json") for variant in ["before", "after"]))
        for name in ["chest-finding", "chest-region", "ct-region"]
    )
    sets = ", ".join(f"{name} {counts['train']}" for name, counts in drawn["sets"].items())
    return f"""# Before and after the fine-tuning

Training images: {sets}; seed {drawn["seed"]}. In brackets 95 % intervals; p is McNemar's exact test of the pictures of equal prompt and seed.

## Finding recognised

{finding}

## Chest X-ray recognised as one

{region}

## Chest CT recognised as one

{ct}

## The classifier of findings on real test images

{judge(json.loads((results / "judge.json").read_text()))}

## Nearest of the training images

{distances(results)}
"""
