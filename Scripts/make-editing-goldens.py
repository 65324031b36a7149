"""Writes the tiny inpainting model and the expected values of Tests/Goldens/editing with diffusers.

    python3 -m venv .venv-goldens
    .venv-goldens/bin/pip install -r Scripts/requirements-goldens.txt
    .venv-goldens/bin/python Scripts/make-editing-goldens.py

Image to image and both ways of inpainting, on the models that Scripts/make-goldens.py made.
Tests/Goldens/editing/README.md describes the files.
"""

import runpy
from pathlib import Path

import diffusers
import numpy as np
import torch
from diffusers import StableDiffusionImg2ImgPipeline, StableDiffusionInpaintPipeline

ROOT = Path(__file__).resolve().parent.parent
base = runpy.run_path(str(ROOT / "Scripts" / "make-goldens.py"), run_name="goldens")
HEIGHT, WIDTH = 64, 40
PROMPT, NEGATIVE_PROMPT = "An X-ray of the hand", "blurry, text"
# (model, what is done, scheduler, strength, seed)
RUNS = [
    ("tiny-sd1", "img2img", kind, strength, 7)
    for kind, strength in [("pndm", 0.6), ("ddim", 0.75), ("euler", 0.5), ("euler-ancestral", 0.6), ("heun", 0.7),
                           ("dpmpp-2m-karras", 0.8), ("unipc", 0.6), ("ddpm", 0.3), ("ddim", 1.0)]
] + [
    ("tiny-sd2", "img2img", "ddim", 0.55, 8),
    ("tiny-radiograph", "img2img", "dpmpp-2m", 0.5, 9),
    ("tiny-radiograph", "img2img", "euler-ancestral", 0.9, 9),
] + [
    ("tiny-sd1", "inpaint", kind, strength, 10)
    for kind, strength in [("pndm", 1.0), ("ddim", 0.75), ("euler", 1.0), ("euler-ancestral", 0.6), ("heun", 1.0),
                           ("dpmpp-2m-karras", 1.0), ("unipc", 0.7), ("ddpm", 1.0)]
] + [
    ("tiny-sd2", "inpaint", "ddim", 1.0, 11),
    ("tiny-sd2", "inpaint", "dpmpp-2m", 0.8, 11),
] + [
    ("tiny-inpainting", "inpaint", kind, strength, 12)
    for kind, strength in [("pndm", 1.0), ("ddim", 0.75), ("euler-ancestral", 1.0), ("dpmpp-2m", 1.0)]
]


def write_inpainting_model():
    """tiny-sd1 with the nine input channels of an inpainting checkpoint: latents, mask, masked picture."""
    pipeline = base["load_pipeline"]("tiny-sd1")
    unet = base["unet"](
        43,
        sample_size=8,
        in_channels=9,
        block_out_channels=[8, 16],
        layers_per_block=1,
        attention_head_dim=4,
        down_block_types=["CrossAttnDownBlock2D", "DownBlock2D"],
        up_block_types=["UpBlock2D", "CrossAttnUpBlock2D"],
    )
    pipeline = StableDiffusionInpaintPipeline(
        vae=pipeline.vae,
        text_encoder=pipeline.text_encoder,
        tokenizer=pipeline.tokenizer,
        unet=unet,
        scheduler=pipeline.scheduler,
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
    base["save_pipeline"](pipeline, base["MODELS"] / "tiny-inpainting")


def picture(channels):
    """A smooth picture [1, channels, H, W] of whole grey levels in 0...1, and its mask [1, 1, H, W]."""
    generator = torch.Generator().manual_seed(5)
    coarse = torch.rand((1, channels, 6, 4), generator=generator)
    smooth = torch.nn.functional.interpolate(coarse, (HEIGHT, WIDTH), mode="bicubic").clamp(0, 1)
    mask = torch.zeros(1, 1, HEIGHT, WIDTH)
    mask[..., 13:45, 9:31] = 1
    mask[..., 50:54, 0:3] = 1
    return (smooth * 255).round() / 255, mask


class WithShift:
    """The Gaussian of an autoencoder with shift_factor, which diffusers' pipelines leave out."""

    def __init__(self, distribution, shift):
        self.distribution, self.shift = distribution, shift

    def sample(self, generator=None):
        return self.distribution.sample(generator) - self.shift


@torch.no_grad()
def run(name, task, kind, strength, seed):
    """The picture [1, H, W, C], uint8, of 10 steps with guidance 7.5."""
    parts = base["load_pipeline"](name).components if name != "tiny-inpainting" else inpainting_parts()
    class_name, _ = base["KINDS"][kind]
    if type(parts["scheduler"]).__name__ != class_name or kind.endswith("karras"):
        options = {"use_karras_sigmas": True} if kind.endswith("karras") else {}
        parts["scheduler"] = getattr(diffusers, class_name).from_config(parts["scheduler"].config, **options)
    parts = {key: value for key, value in parts.items() if key != "image_encoder"}
    maker = StableDiffusionImg2ImgPipeline if task == "img2img" else StableDiffusionInpaintPipeline
    pipeline = maker(**parts, requires_safety_checker=False)
    pipeline.set_progress_bar_config(disable=True)
    vae = pipeline.vae
    shift = vae.config.shift_factor or 0
    if shift:
        encode = vae.encode

        def shifted(image):
            output = encode(image)
            output.latent_dist = WithShift(output.latent_dist, shift)
            return output

        vae.encode = shifted
    image, mask = picture(vae.config.in_channels)
    arguments = {
        "prompt": PROMPT,
        "negative_prompt": NEGATIVE_PROMPT,
        "image": image,
        "strength": strength,
        "num_inference_steps": 10,
        "guidance_scale": 7.5,
        "generator": torch.Generator().manual_seed(seed),
        "output_type": "latent",
    }
    if task == "inpaint":
        arguments |= {"mask_image": mask, "height": HEIGHT, "width": WIDTH}
    latents = pipeline(**arguments).images
    decoded = vae.decode(latents / vae.config.scaling_factor + shift).sample
    values = np.clip(decoded / 2 + 0.5, 0, 1).permute(0, 2, 3, 1).numpy()
    print(f"{name} {task} {kind} {strength}: std {values.std():.3f}")
    return torch.from_numpy((values * 255).round().astype("uint8"))


def inpainting_parts():
    folder = base["MODELS"] / "tiny-inpainting"
    return StableDiffusionInpaintPipeline.from_pretrained(
        folder,
        tokenizer=base["load_tokenizer"](folder / "tokenizer"),
        safety_checker=None,
        requires_safety_checker=False,
    ).components


def make_runs():
    values = {}
    for channels in [1, 3]:
        image, mask = picture(channels)
        values[f"picture.{channels}"] = (image[0] * 255).round().byte().permute(1, 2, 0)
    values["mask"] = (mask[0, 0] * 255).byte()
    for name, task, kind, strength, seed in RUNS:
        values[f"{name}/{task}/{kind}/{strength}/{seed}"] = run(name, task, kind, strength, seed)[0]
    base["save"]("editing/runs.safetensors", values)


if __name__ == "__main__":
    torch.set_num_threads(1)
    write_inpainting_model()
    make_runs()
