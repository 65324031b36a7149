"""Does a task of a model for each line of standard input, with diffusers, and answers each with a line of JSON.

The tasks are those of Sources/worker; compare.py asks both in turn.
"""

import json
import resource
import sys
import time

import torch
from diffusers import AutoencoderKL, DDPMScheduler, StableDiffusionPipeline, UNet2DConditionModel
from diffusers.training_utils import EMAModel
from transformers import CLIPTextModel

folder, dtype = sys.argv[1], getattr(torch, sys.argv[2])
torch.set_num_threads(2)


def matmul():
    left, right = (torch.randn(4096, 4096).to(dtype) for _ in range(2))
    return lambda: left @ right


def text():
    model = CLIPTextModel.from_pretrained(folder, subfolder="text_encoder", dtype=dtype).eval()
    token_ids = torch.randint(0, 3000, [2, 77])
    return lambda: model(token_ids)


def unet():
    model = load(UNet2DConditionModel, "unet")
    side, channels = model.config.sample_size, model.config.in_channels
    sample = torch.randn(2, channels, side, side).to(dtype)
    states = torch.randn(2, 77, model.config.cross_attention_dim).to(dtype)
    return lambda: model(sample, 500, states)


def vae():
    model = load(AutoencoderKL, "vae")
    side = UNet2DConditionModel.load_config(folder, subfolder="unet")["sample_size"]
    latents = torch.randn(1, model.config.latent_channels, side, side).to(dtype)
    return lambda: model.decode(latents)


def image(step_count="25"):
    pipeline = StableDiffusionPipeline.from_pretrained(
        folder, torch_dtype=dtype, safety_checker=None, feature_extractor=None, requires_safety_checker=False
    )
    pipeline.unet.to(memory_format=torch.channels_last)
    pipeline.vae.to(memory_format=torch.channels_last)
    pipeline.set_progress_bar_config(disable=True)
    seeds = iter(range(1, 1_000_000))

    def work():
        seed = next(seeds)
        pipeline(
            f"An X-ray of the hand, number {seed}",
            num_inference_steps=2 if seed == 1 else int(step_count),  # the first is not timed
            guidance_scale=5.0,
            generator=torch.Generator().manual_seed(seed),
            output_type="pt",  # a one-channel decoder has no PIL image in diffusers
        )

    return work


def lora():
    """A step of diffusers' train_text_to_image_lora.py on one image, its latents and text states at hand."""
    from peft import LoraConfig

    model = load(UNet2DConditionModel, "unet").requires_grad_(False)
    model.add_adapter(LoraConfig(
        r=8, lora_alpha=8, init_lora_weights="gaussian", target_modules=["to_q", "to_k", "to_v", "to_out.0"]
    ))
    for parameter in model.parameters():
        if parameter.requires_grad:
            parameter.data = parameter.data.float()
    states = torch.randn(1, 77, model.config.cross_attention_dim)
    return training(model.train(), lambda: states, 1)


def scratch():
    """A step of train_text_to_image.py with the text encoder in training too, on 16 images, latents at hand."""
    model = UNet2DConditionModel.from_pretrained(folder, subfolder="unet", torch_dtype=torch.float32).train()
    model.to(memory_format=torch.channels_last)
    encoder = CLIPTextModel.from_pretrained(folder, subfolder="text_encoder", dtype=torch.float32).train()
    token_ids = torch.randint(0, 3000, [16, 77])
    return training(model, lambda: encoder(token_ids)[0], 16, encoder.parameters())


def training(model, states, count, more_parameters=()):
    parameters = [parameter for parameter in [*model.parameters(), *more_parameters] if parameter.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=1e-4, fused=True)
    average = EMAModel(parameters, foreach=True)
    scheduler = DDPMScheduler.from_pretrained(folder, subfolder="scheduler")
    latents = torch.randn(count, model.config.in_channels, model.config.sample_size, model.config.sample_size)

    @torch.enable_grad()
    def work():
        with torch.autocast("cpu", dtype, enabled=dtype != torch.float32):
            noise = torch.randn_like(latents)
            timesteps = torch.randint(0, 1000, [count])
            noisy = scheduler.add_noise(latents, noise, timesteps)
            target = noise
            if scheduler.config.prediction_type == "v_prediction":
                target = scheduler.get_velocity(latents, noise, timesteps)
            prediction = model(noisy, timesteps, states()).sample
            torch.nn.functional.mse_loss(prediction.float(), target).backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        average.step(parameters)

    return work


def flops():
    """The floating-point operations of one task `unet`, counted by PyTorch."""
    from torch.utils.flop_counter import FlopCounterMode

    work = unet()
    with FlopCounterMode(display=False) as counter:
        work()
    print(json.dumps({"flops": str(counter.get_total_flops())}), flush=True)


def load(kind, component):
    model = kind.from_pretrained(folder, subfolder=component, torch_dtype=dtype).eval()
    return model.to(memory_format=torch.channels_last)


def answer(values):
    print(json.dumps({key: str(value) for key, value in values.items()}), flush=True)


answer({"libtorch": torch.__version__, "threads": torch.get_num_threads()})
prepared = {}
with torch.no_grad():
    for line in sys.stdin:
        name = line.strip()
        if name == "flops":
            flops()
            continue
        if name not in prepared:
            task, *arguments = name.split()
            prepared[name] = globals()[task](*arguments)
            prepared[name]()
        start, processor_start = time.perf_counter(), time.process_time()
        prepared[name]()
        answer({
            "seconds": time.perf_counter() - start,
            "processor": time.process_time() - processor_start,
            "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        })
