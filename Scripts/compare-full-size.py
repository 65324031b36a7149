"""Writes a model of Stable Diffusion's full size with random weights, and what diffusers computes with it.

    .venv-goldens/bin/python Scripts/compare-full-size.py FOLDER [sd1|sd2]
    SKIAGRAPH_FULL_SIZE=FOLDER swift test --filter FullSize

The environment is that of Scripts/make-goldens.py. FOLDER takes 4.3 GB (sd1) or 5.2 GB (sd2). The second
command loads the model, computes the same and prints the largest differences and the times.
"""

import json
import runpy
import sys
import time
from pathlib import Path

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from safetensors.torch import save_file
from transformers import CLIPTextConfig, CLIPTextModel

GOLDENS = runpy.run_path(str(Path(__file__).parent / "make-goldens.py"))

UNET = {
    "sd1": {"cross_attention_dim": 768, "attention_head_dim": 8},
    "sd2": {
        "cross_attention_dim": 1024,
        "attention_head_dim": [5, 10, 20, 20],
        "use_linear_projection": True,
        "upcast_attention": True,
    },
}
TEXT = {
    "sd1": {
        "hidden_size": 768,
        "intermediate_size": 3072,
        "num_hidden_layers": 12,
        "num_attention_heads": 12,
        "hidden_act": "quick_gelu",
    },
    "sd2": {
        "hidden_size": 1024,
        "intermediate_size": 4096,
        "num_hidden_layers": 23,
        "num_attention_heads": 16,
        "hidden_act": "gelu",
    },
}
VAE = {
    "block_out_channels": [128, 256, 512, 512],
    "layers_per_block": 2,
    "down_block_types": ["DownEncoderBlock2D"] * 4,
    "up_block_types": ["UpDecoderBlock2D"] * 4,
    "sample_size": 512,
}


def main(folder, family):
    generator = torch.Generator().manual_seed(1)
    values = {}

    def compare(name, output, started):
        values[name] = output.contiguous()
        print(f"{name}: {time.time() - started:.2f} s, largest element {output.abs().max():.3f}")

    def saved(component, model, seed):
        model = GOLDENS["randomize"](model, seed)
        model.save_pretrained(folder / component)
        return model

    with torch.no_grad():
        text_encoder = saved("text_encoder", CLIPTextModel(CLIPTextConfig(**TEXT[family])), 2)
        values["text.input_ids"] = torch.randint(0, 49408, [2, 77], generator=generator)
        started = time.time()
        states = text_encoder(values["text.input_ids"]).last_hidden_state
        compare("text.last_hidden_state", states, started)

        unet = saved("unet", UNet2DConditionModel(sample_size=64, **UNET[family]), 3)
        values["unet.sample"] = torch.randn([2, 4, 64, 64], generator=generator)
        started = time.time()
        compare("unet.output", unet(values["unet.sample"], 500, states).sample, started)
        del unet

        vae = saved("vae", AutoencoderKL(**VAE), 4)
        values["vae.latents"] = torch.randn([1, 4, 64, 64], generator=generator)
        started = time.time()
        compare("vae.decoded", vae.decode(values["vae.latents"]).sample, started)
        values["vae.image"] = torch.rand([1, 3, 256, 256], generator=generator) * 2 - 1
        started = time.time()
        compare("vae.mean", vae.encode(values["vae.image"]).latent_dist.mean, started)

    save_file(values, folder / "values.safetensors")
    index = {
        "_class_name": "StableDiffusionPipeline",
        "text_encoder": ["transformers", "CLIPTextModel"],
        "unet": ["diffusers", "UNet2DConditionModel"],
        "vae": ["diffusers", "AutoencoderKL"],
    }
    (folder / "model_index.json").write_text(json.dumps(index, indent=2))


if __name__ == "__main__":
    torch.set_num_threads(2)
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "sd1")
