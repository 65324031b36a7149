"""Writes Tests/Goldens/lora: LoRA files of diffusers and peft, and the images that diffusers makes with them.

    .venv-goldens/bin/python Scripts/make-lora-goldens.py [PROGRAM]

The environment is that of Scripts/make-goldens.py. With PROGRAM, the path of skiagraph, a LoRA of tiny-radiograph is
trained by it instead (`own.safetensors`), and the images that diffusers makes with that are written.
"""

import json
import runpy
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from peft import LoraConfig, get_peft_model_state_dict
from safetensors.torch import load_file, save_file

goldens = runpy.run_path(str(Path(__file__).parent / "make-goldens.py"))
FOLDER = goldens["GOLDENS"] / "lora"

ATTENTION = ["to_q", "to_k", "to_v", "to_out.0"]
TEXT = ["q_proj", "k_proj", "v_proj", "out_proj"]
# File, model, settings of the UNet's and of the text encoder's adapters.
CASES = {
    # Layers of every kind, convolutions among them, and an alpha that is not the rank.
    "sd1-all": (
        "tiny-sd1",
        dict(r=3, lora_alpha=6, target_modules=ATTENTION + ["proj_in", "proj_out", "ff.net.0.proj", "ff.net.2", "conv1"]),
        dict(r=2, lora_alpha=3, target_modules=TEXT + ["fc1"]),
    ),
    # What training scripts write; one layer has ranks and alphas of its own.
    "radiograph-attention": (
        "tiny-radiograph",
        dict(
            r=4, lora_alpha=4, target_modules=ATTENTION,
            rank_pattern={"attn2.to_k": 2}, alpha_pattern={"attn2.to_k": 6},
        ),
        None,
    ),
}


def adapted(name, unet, text):
    """A pipeline with random adapters: B is zero at first, which would change nothing."""
    pipeline = goldens["load_pipeline"](name)
    generator = torch.Generator().manual_seed(5)
    for model, settings in [(pipeline.unet, unet), (pipeline.text_encoder, text)]:
        if settings:
            model.add_adapter(LoraConfig(init_lora_weights="gaussian", **settings))
            for key, parameter in sorted(model.named_parameters()):
                if "lora_" in key:
                    parameter.data.copy_(0.25 * torch.randn(parameter.shape, generator=generator))
    return pipeline


def metadata(model):
    settings = model.peft_config["default"].to_dict()
    return {key: list(value) if isinstance(value, set) else value for key, value in settings.items()}


def images(pipeline, name):
    pipeline.set_progress_bar_config(disable=True)
    return torch.from_numpy((goldens["run"](pipeline, name, "np") * 255).round().astype("uint8"))


def loaded(name, path, weight=1.0):
    """The images with a file that diffusers has loaded."""
    pipeline = goldens["load_pipeline"](name)
    pipeline.load_lora_weights(str(path.parent), weight_name=path.name, adapter_name="file")
    pipeline.set_adapters(["file"], [weight])
    return images(pipeline, name)


def kohya(tensors):
    """The same changes under the names of kohya's scripts, with alpha as tensors."""
    result = {}
    for key, value in tensors.items():
        layer, _, matrix = key.removesuffix(".weight").rpartition(".")
        component, _, layer = layer.partition(".")
        prefix = {"unet": "lora_unet_", "text_encoder": "lora_te_text_model_"}[component]
        stem = prefix + layer.removeprefix("text_model.").replace(".", "_")
        result[f"{stem}.{'lora_down' if matrix == 'lora_A' else 'lora_up'}.weight"] = value
        if matrix == "lora_A":
            result[f"{stem}.alpha"] = torch.tensor(2.0 * value.shape[0])
    return result


def main():
    FOLDER.mkdir(exist_ok=True)
    expected = {}
    for case, (name, unet, text) in CASES.items():
        pipeline = adapted(name, unet, text)
        with tempfile.TemporaryDirectory() as folder:
            pipeline.save_lora_weights(
                folder,
                unet_lora_layers=get_peft_model_state_dict(pipeline.unet),
                text_encoder_lora_layers=get_peft_model_state_dict(pipeline.text_encoder) if text else None,
                unet_lora_adapter_metadata=metadata(pipeline.unet),
                text_encoder_lora_adapter_metadata=metadata(pipeline.text_encoder) if text else None,
            )
            path = FOLDER / f"{case}.safetensors"
            shutil.copy(Path(folder) / "pytorch_lora_weights.safetensors", path)
        expected[case] = images(pipeline, name)
        assert torch.equal(expected[case], loaded(name, path)), case
        expected[f"{case}-0.5"] = loaded(name, path, 0.5)
    path = FOLDER / "sd1-kohya.safetensors"
    attention = {k: v for k, v in load_file(FOLDER / "sd1-all.safetensors").items() if ".attn" in k or "self_attn" in k}
    save_file({key: value.contiguous() for key, value in kohya(attention).items()}, path)
    expected["sd1-kohya"] = loaded("tiny-sd1", path)
    pair = goldens["load_pipeline"]("tiny-sd1")
    for adapter in ["sd1-all", "sd1-kohya"]:
        pair.load_lora_weights(str(FOLDER), weight_name=f"{adapter}.safetensors", adapter_name=adapter.replace("-", "_"))
    pair.set_adapters(["sd1_all", "sd1_kohya"], [0.5, -0.25])
    expected["sd1-both"] = images(pair, "tiny-sd1")
    plain = {name: images(goldens["load_pipeline"](name), name) for name in ["tiny-sd1", "tiny-radiograph"]}
    for case, value in expected.items():
        base = plain["tiny-sd1" if case.startswith("sd1") else "tiny-radiograph"]
        print(case, "changes pixels by", (value.int() - base.int()).abs().float().mean().item())
    goldens["save"]("lora/images.safetensors", expected)


OWN_SETTINGS = {
    "side": 64,
    "trainsTextEncoder": True,
    "lora": {"rank": 4, "alpha": 8},
    "validation": {"interval": 0},
    "optimization": {
        "stepCount": 60, "batchSize": 2, "accumulationCount": 1, "learningRate": 0.02, "emaDecay": 0.9,
        "warmupStepCount": 5, "seed": 5,
    },
}


def train(program, folder):
    """A LoRA that skiagraph trains on four striped pictures."""
    pictures = folder / "data/stripes/images"
    pictures.mkdir(parents=True)
    rows = ["file,modality,anatomy,view,finding,sex,age,prompt,licence,split"]
    y, x = np.mgrid[:64, :64]
    for k in range(4):
        stripes = ((x * (k + 1) * 3 + y * (5 - k)) % 256).astype(np.uint8)
        Image.fromarray(stripes).save(pictures / f"{k}.png")
        rows.append(f"images/{k}.png,XR,hand,,,,,An X-ray of the hand,CC0 1.0,train")
    (folder / "data/stripes/manifest.csv").write_text("\n".join(rows) + "\n")
    (folder / "settings.json").write_text(json.dumps(OWN_SETTINGS))
    subprocess.run(
        [program, "train", "lora", "--data", folder / "data", "--config", folder / "settings.json",
         "--model", goldens["GOLDENS"] / "models/tiny-radiograph", "--out", folder / "run"],
        check=True,
    )
    return folder / "run/model/pytorch_lora_weights.safetensors"


def own(program):
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(train(program, Path(folder)), FOLDER / "own.safetensors")
    value = loaded("tiny-radiograph", FOLDER / "own.safetensors")
    plain = images(goldens["load_pipeline"]("tiny-radiograph"), "tiny-radiograph")
    print("own changes pixels by", (value.int() - plain.int()).abs().float().mean().item())
    goldens["save"]("lora/own-images.safetensors", {"own": value})


if __name__ == "__main__":
    torch.set_num_threads(2)
    own(sys.argv[1]) if len(sys.argv) > 1 else main()
