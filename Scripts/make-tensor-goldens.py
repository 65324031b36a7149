"""Writes Tests/Goldens/tensors: random numbers, operations, conversions and gradients of torch, and
a file of every type as safetensors writes it. The environment is that of make-goldens.py:

    .venv-goldens/bin/python Scripts/make-tensor-goldens.py
"""

from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import save

FOLDER = Path(__file__).resolve().parent.parent / "Tests" / "Goldens" / "tensors"
SEEDS = [0, 42, 1234567890123, 2**63 + 5]


def generator(seed):
    return torch.Generator().manual_seed(seed)


def draws():
    """Sizes around 16 matter: from there on torch draws in blocks."""
    values = {}
    for seed in SEEDS:
        for size in [6, 15, 16, 17, 100]:
            source = generator(seed)
            values[f"randn.{seed}.{size}.first"] = torch.randn(size, generator=source)
            values[f"randn.{seed}.{size}.second"] = torch.randn(size, generator=source)
        values[f"randn.{seed}.image"] = torch.randn(1, 4, 5, 7, generator=generator(seed))
        values[f"randn.{seed}.bfloat16"] = torch.randn(33, generator=generator(seed), dtype=torch.bfloat16)
        values[f"rand.{seed}"] = torch.rand(33, generator=generator(seed))
        values[f"randint.{seed}"] = torch.randint(-3, 1000, (33,), generator=generator(seed))
    return values


def operations():
    a = torch.randn(2, 3, 4, generator=generator(7))
    b = torch.rand(3, 1, generator=generator(8)) + 0.5
    values = {"a": a, "b": b}
    for name, result in {
        "a + b": a + b, "a - b": a - b, "a * b": a * b, "a / b": a / b,
        "a + 2": a + 2, "2 - a": 2 - a, "a * 3": a * 3, "3 / b": 3 / b, "a / 4": a / 4, "-a": -a,
        "squared": a.square(), "sqrt": b.sqrt(), "exp": a.exp(), "log": b.log(), "sin": a.sin(),
        "cos": a.cos(), "abs": a.abs(), "tanh": a.tanh(), "sigmoid": a.sigmoid(),
        "rounded": (a * 2).round(), "clamp": a.clamp(-0.5, 0.75), "clamp min": a.clamp(min=0),
        "matmul": a @ a.transpose(1, 2), "sum": a.sum(), "sum 0 2": a.sum((0, 2), keepdim=True),
        "mean": a.mean(), "mean 1": a.mean(1), "max": a.max(), "min": a.min(), "argmax": a.argmax(2),
        "norm": a.norm(), "softmax": a.softmax(-1), "permuted": a.permute(2, 0, 1),
        "sliced": a[:, 1:, ::2], "selected": a[:, 1], "flipped": a.flip(0, 2), "padded": F.pad(a, (1, 2, 0, 1), value=9),
        "repeated": a.repeat_interleave(2, 1), "gathered": a.index_select(2, torch.tensor([3, 0, 0])),
        "concatenated": torch.cat([a, a * 2], 1), "stacked": torch.stack([a, -a], 1),
        "replaced": a.where(a > 0, torch.tensor(-1.0)), "linspace": torch.linspace(-1, 2, 7),
    }.items():
        values[f"operation.{name}"] = result.contiguous()
    return values


def conversions():
    numbers = torch.tensor([
        0.0, -0.0, 1.0, 1 / 3, 65504.0, 65519.0, 65520.0, 1e-8, 6e-8, 3.4e38, 1.00390625, 1.01171875,
        float("inf"), -float("inf"), 255.9, 2.5])
    return {
        "conversion.float32": numbers,
        "conversion.float16": numbers.half(),
        "conversion.bfloat16": numbers.bfloat16(),
        "conversion.int64": numbers[:4].mul(-7.7).long(),
    }


def gradients():
    x = torch.randn(2, 3, generator=generator(3)).requires_grad_()
    w = torch.randn(3, 5, generator=generator(4)).requires_grad_()
    loss = (torch.tanh(x @ w) * torch.exp(-x.sum())).mean()
    loss.backward()
    return {
        "gradient.x": x.detach(), "gradient.w": w.detach(), "gradient.loss": loss.detach(),
        "gradient.x.grad": x.grad, "gradient.w.grad": w.grad,
    }


def every_type():
    types = [torch.float32, torch.bfloat16, torch.float16, torch.int64, torch.uint8, torch.bool, torch.float64, torch.int32]
    values = {f"{i}.{str(t).removeprefix('torch.')}": torch.arange(2 + i % 2).to(t) for i, t in enumerate(types)}
    values |= {"z": torch.ones(2), "Z": torch.zeros(1, 2), "scalar": torch.tensor(1.5), "empty": torch.zeros(0, 3)}
    values["quote \" backslash \\ line \n tab \t bell \x07 delete \x7f slash / e\u0301 \u2028 \U0001f9b4"] = torch.tensor([2.0])
    return values


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    values = draws() | operations() | conversions() | gradients()
    (FOLDER / "values.safetensors").write_bytes(save(values))
    (FOLDER / "every-type.safetensors").write_bytes(save(every_type(), metadata={"format": "pt \u00e9\n"}))
    (FOLDER / "empty.safetensors").write_bytes(save({}))
