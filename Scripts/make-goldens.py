"""Writes the tiny models and the expected values of Tests/Goldens with diffusers.

    python3 -m venv .venv-goldens
    .venv-goldens/bin/pip install -r Scripts/requirements-goldens.txt
    .venv-goldens/bin/python Scripts/make-goldens.py [models] [modules] [schedulers] [pipelines]

Without arguments everything is written; Tests/Goldens/README.md describes the files.
"""

import json
import math
import os
import runpy
import shutil
import sys
from collections import Counter
from pathlib import Path

os.environ |= {"HF_HUB_OFFLINE": "1", "TQDM_DISABLE": "1"}

import diffusers  # noqa: E402
import numpy as np  # noqa: E402
import torch  # noqa: E402
from diffusers import AutoencoderKL, StableDiffusionPipeline, UNet2DConditionModel  # noqa: E402
from safetensors.torch import load_file, save_file  # noqa: E402
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
GOLDENS = ROOT / "Tests" / "Goldens"
MODELS = GOLDENS / "models"
BOS, EOS = "<|startoftext|>", "<|endoftext|>"
PROMPTS = ["An X-ray of the hand", "a normal chest X-ray, PA view"]
NEGATIVE_PROMPT = "blurry, text"
SEEDS = [7, 8]
WORDS = """an a the of and with axial slice view normal chest hand knee shoulder abdomen head brain breast lung
x-ray radiograph ct mri mr ultrasound image scan showing pneumonia fracture malignant tumour lateral frontal
pa ap left right healthy bone blurry text photograph contrast shows no findings in on to from""".split()

# MARK: models


def randomize(model, seed):
    """Seeded weights that keep activations near one: default initialization lets many outputs vanish."""
    generator = torch.Generator().manual_seed(seed)
    for name, parameter in sorted(model.named_parameters()):
        noise = torch.randn(parameter.shape, generator=generator)
        if "embedding" in name and "time_embedding" not in name:
            value = 0.7 * noise
        elif parameter.dim() >= 2:
            gain = 1.6 if any(part in name for part in ["to_q", "to_k", "q_proj", "k_proj"]) else 1.0
            value = gain * noise / math.sqrt(parameter[0].numel())
        elif name.endswith("weight"):
            value = 1 + 0.2 * noise
        else:
            value = 0.1 * noise
        parameter.data.copy_(value)
    return model.eval()


def write_tokenizer(folder, pad_token):
    """A CLIP tokenizer of about 800 tokens; returns the size of its vocabulary."""
    trainer = runpy.run_path(str(ROOT / "Scripts" / "train-tokenizer.py"))
    words = Counter(trainer["byte_level"](word) for word in WORDS)
    trainer["write_tokenizer"](folder, trainer["train_merges"](words, 300), pad_token)
    return len(json.loads((folder / "vocab.json").read_text(encoding="utf-8")))


def load_tokenizer(folder):
    """The tokenizer of a model folder, built from vocab.json and merges.txt."""
    special = json.loads((folder / "special_tokens_map.json").read_text())
    merges = (folder / "merges.txt").read_text(encoding="utf-8").splitlines()[1:]
    return CLIPTokenizer(
        vocab=json.loads((folder / "vocab.json").read_text(encoding="utf-8")),
        merges=[tuple(line.split(" ")) for line in merges if line],
        model_max_length=77,
        **special,
    )


def text_encoder(vocabulary_size, seed, **options):
    configuration = CLIPTextConfig(
        vocab_size=vocabulary_size,
        hidden_size=32,
        projection_dim=32,
        max_position_embeddings=77,
        bos_token_id=vocabulary_size - 2,
        eos_token_id=vocabulary_size - 1,
        **options,
    )
    return randomize(CLIPTextModel(configuration), seed)


def unet(seed, **options):
    return randomize(UNet2DConditionModel(cross_attention_dim=32, norm_num_groups=4, **options), seed)


def vae(seed, block_out_channels, **options):
    levels = len(block_out_channels)
    return randomize(
        AutoencoderKL(
            block_out_channels=block_out_channels,
            down_block_types=["DownEncoderBlock2D"] * levels,
            up_block_types=["UpDecoderBlock2D"] * levels,
            norm_num_groups=4,
            **options,
        ),
        seed,
    )


def tiny_sd1(tokenizer):
    """Stable Diffusion 1.x: convolutional projections, one head count for all blocks, epsilon, PNDM."""
    size = write_tokenizer(tokenizer, EOS)
    return StableDiffusionPipeline(
        vae=vae(11, [8, 8, 16, 16], layers_per_block=1, sample_size=128),
        text_encoder=text_encoder(
            size, 12, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4, hidden_act="quick_gelu"
        ),
        tokenizer=load_tokenizer(tokenizer),
        unet=unet(
            13,
            sample_size=16,
            block_out_channels=[8, 16, 16],
            layers_per_block=1,
            attention_head_dim=4,
            down_block_types=["CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"],
            up_block_types=["UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"],
        ),
        scheduler=diffusers.PNDMScheduler(
            beta_start=0.00085,
            beta_end=0.012,
            beta_schedule="scaled_linear",
            skip_prk_steps=True,
            set_alpha_to_one=False,
            steps_offset=1,
        ),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )


def tiny_sd2(tokenizer):
    """Stable Diffusion 2.x: linear projections, head counts per block, v-prediction, DDIM, OpenCLIP text."""
    size = write_tokenizer(tokenizer, "!")
    return StableDiffusionPipeline(
        vae=vae(21, [8, 8, 16, 16], layers_per_block=1, sample_size=128),
        text_encoder=text_encoder(
            size, 22, intermediate_size=128, num_hidden_layers=3, num_attention_heads=2, hidden_act="gelu"
        ),
        tokenizer=load_tokenizer(tokenizer),
        unet=unet(
            23,
            sample_size=16,
            block_out_channels=[16, 24],
            layers_per_block=2,
            attention_head_dim=[2, 4],
            use_linear_projection=True,
            down_block_types=["CrossAttnDownBlock2D", "DownBlock2D"],
            up_block_types=["UpBlock2D", "CrossAttnUpBlock2D"],
        ),
        scheduler=diffusers.DDIMScheduler(
            beta_start=0.00085,
            beta_end=0.012,
            beta_schedule="scaled_linear",
            prediction_type="v_prediction",
            clip_sample=False,
            set_alpha_to_one=False,
            steps_offset=1,
        ),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )


def tiny_radiograph(tokenizer):
    """The shape of radiograph-mini: one grey channel, f8 with 16 latent channels, v-prediction, DPM-Solver++."""
    size = write_tokenizer(tokenizer, EOS)
    return StableDiffusionPipeline(
        vae=vae(
            31,
            [8, 8, 16, 16],
            layers_per_block=1,
            sample_size=64,
            in_channels=1,
            out_channels=1,
            latent_channels=16,
            scaling_factor=0.8,
            shift_factor=0.1,
            use_quant_conv=False,
            use_post_quant_conv=False,
            mid_block_add_attention=False,
        ),
        text_encoder=text_encoder(
            size, 32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4, hidden_act="gelu"
        ),
        tokenizer=load_tokenizer(tokenizer),
        unet=unet(
            33,
            sample_size=8,
            in_channels=16,
            out_channels=16,
            block_out_channels=[16, 24],
            layers_per_block=1,
            attention_head_dim=4,
            use_linear_projection=True,
            down_block_types=["DownBlock2D", "CrossAttnDownBlock2D"],
            up_block_types=["CrossAttnUpBlock2D", "UpBlock2D"],
        ),
        scheduler=diffusers.DPMSolverMultistepScheduler(
            beta_start=0.00085,
            beta_end=0.012,
            beta_schedule="scaled_linear",
            prediction_type="v_prediction",
            timestep_spacing="trailing",
            steps_offset=1,
        ),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )


MODEL_MAKERS = {"tiny-sd1": tiny_sd1, "tiny-sd2": tiny_sd2, "tiny-radiograph": tiny_radiograph}

# The keys that config.json has in the first Stable Diffusion 1.x folders; the rest were added later.
SD1_KEYS = {
    "unet": """act_fn attention_head_dim block_out_channels center_input_sample cross_attention_dim down_block_types
        downsample_padding flip_sin_to_cos freq_shift in_channels layers_per_block mid_block_scale_factor norm_eps
        norm_num_groups out_channels sample_size up_block_types""",
    "vae": """act_fn block_out_channels down_block_types in_channels latent_channels layers_per_block norm_num_groups
        out_channels sample_size up_block_types""",
    "scheduler": "beta_end beta_schedule beta_start num_train_timesteps set_alpha_to_one skip_prk_steps steps_offset",
}
OLD_ATTENTION_NAMES = {"to_q": "query", "to_k": "key", "to_v": "value", "to_out.0": "proj_attn"}


def save_pipeline(pipeline, folder, **options):
    """save_pretrained, with the tokenizer as vocab.json and merges.txt, as hub folders have it."""
    shutil.rmtree(folder / "tokenizer", ignore_errors=True)
    pad_token = pipeline.tokenizer.pad_token
    pipeline.save_pretrained(folder, safe_serialization=True, **options)
    shutil.rmtree(folder / "tokenizer")
    write_tokenizer(folder / "tokenizer", pad_token)


def make_like_old_hub_folder(folder):
    """Gives tiny-sd1 the spelling of the first hub folders: key names, buffers and short config.json files."""
    path = folder / "text_encoder" / "model.safetensors"
    tensors = {
        name if name.startswith("text_model.") else f"text_model.{name}": value
        for name, value in load_file(path).items()
    }
    tensors["text_model.embeddings.position_ids"] = torch.arange(77).unsqueeze(0)
    save_file(tensors, path, metadata={"format": "pt"})
    path = folder / "vae" / "diffusion_pytorch_model.safetensors"
    tensors = {}
    for name, value in load_file(path).items():
        if ".attentions." in name:
            for new, old in OLD_ATTENTION_NAMES.items():
                name = name.replace(f".{new}.", f".{old}.")
        tensors[name] = value
    save_file(tensors, path, metadata={"format": "pt"})
    for part, keys in SD1_KEYS.items():
        path = folder / part / ("scheduler_config.json" if part == "scheduler" else "config.json")
        whole = json.loads(path.read_text())
        kept = {key: whole[key] for key in whole if key.startswith("_class") or key in keys.split()}
        if part == "scheduler":
            kept |= {"trained_betas": None, "clip_sample": False}
        path.write_text(json.dumps(kept, indent=2) + "\n")


def make_models():
    shutil.rmtree(MODELS, ignore_errors=True)
    for name, maker in MODEL_MAKERS.items():
        folder = MODELS / name
        (folder / "tokenizer").mkdir(parents=True)
        pipeline = maker(folder / "tokenizer")
        save_pipeline(pipeline, folder)
        if name == "tiny-sd1":
            make_like_old_hub_folder(folder)
            save_pipeline(pipeline.to(torch.float16), MODELS / "tiny-sd1-fp16", variant="fp16")
        if name == "tiny-sd2":
            save_pipeline(pipeline, MODELS / "tiny-sd2-sharded", max_shard_size="250KB")


def load_pipeline(name, folder=MODELS):
    return StableDiffusionPipeline.from_pretrained(
        folder / name,
        tokenizer=load_tokenizer(folder / name / "tokenizer"),
        safety_checker=None,
        requires_safety_checker=False,
    )


# MARK: modules


def random_normal(seed, *shape):
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


@torch.no_grad()
def make_modules():
    for name in MODEL_MAKERS:
        pipeline = load_pipeline(name)
        grey = name == "tiny-radiograph"
        channels, latent_channels = (1, 16) if grey else (3, 4)
        values = {}
        ids = pipeline.tokenizer(
            PROMPTS + [""], padding="max_length", truncation=True, max_length=77, return_tensors="pt"
        ).input_ids
        values["text.input_ids"] = ids
        values["text.last_hidden_state"] = pipeline.text_encoder(ids).last_hidden_state
        states = values["text.last_hidden_state"][:2]
        # (height, width, timestep): even, odd, and a fractional timestep as Euler's linspace spacing has
        cases = {"even": (8, 8, 981), "odd": (7, 5, 1), "fractional": (4, 6, 333.25)}
        for index, (case, (height, width, timestep)) in enumerate(cases.items()):
            sample = random_normal(100 + index, 2, latent_channels, height, width)
            values[f"unet.{case}.sample"] = sample
            values[f"unet.{case}.timestep"] = torch.tensor(float(timestep))
            values[f"unet.{case}.output"] = pipeline.unet(sample, torch.tensor(timestep), states).sample
        timesteps = torch.tensor([17, 803])
        sample = random_normal(110, 2, latent_channels, 8, 4)
        values["unet.batch.sample"] = sample
        values["unet.batch.timestep"] = timesteps.float()
        values["unet.batch.output"] = pipeline.unet(sample, timesteps, states).sample
        for index, (case, size) in enumerate({"even": (32, 16), "odd": (40, 24)}.items()):
            image = torch.tanh(random_normal(120 + index, 1, channels, *size))
            posterior = pipeline.vae.encode(image).latent_dist
            latents = random_normal(130 + index, 1, latent_channels, size[0] // 8, size[1] // 8)
            values[f"vae.{case}.image"] = image
            values[f"vae.{case}.mean"] = posterior.mean
            values[f"vae.{case}.logvar"] = posterior.logvar
            values[f"vae.{case}.latents"] = latents
            values[f"vae.{case}.decoded"] = pipeline.vae.decode(latents).sample
        save(f"modules/{name}.safetensors", values)
    make_noise()


def make_noise():
    """Two successive draws of one generator; below 16 elements libtorch takes another path."""
    values = {}
    for seed in [0, 1, 42, 4294967301, 2**63]:
        for size in [(15,), (16,), (1, 4, 5, 5), (1, 4, 8, 8)]:
            generator = torch.Generator().manual_seed(seed)
            key = f"{seed}.{'x'.join(map(str, size))}"
            values[f"{key}.first"] = torch.randn(size, generator=generator)
            values[f"{key}.second"] = torch.randn(size, generator=generator)
    save("modules/noise.safetensors", values)


# MARK: schedulers

SD = {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear", "steps_offset": 1}
KINDS = {
    "pndm": ("PNDMScheduler", {"skip_prk_steps": True, "set_alpha_to_one": False}),
    "ddpm": ("DDPMScheduler", {"clip_sample": False}),
    "ddim": ("DDIMScheduler", {"clip_sample": False, "set_alpha_to_one": False}),
    "euler": ("EulerDiscreteScheduler", {}),
    "euler-ancestral": ("EulerAncestralDiscreteScheduler", {}),
    "dpmpp-2m": ("DPMSolverMultistepScheduler", {}),
    "dpmpp-2m-karras": ("DPMSolverMultistepScheduler", {"use_karras_sigmas": True}),
    "heun": ("HeunDiscreteScheduler", {}),
    "unipc": ("UniPCMultistepScheduler", {}),
}
VARIANTS = {
    "sd-10": (10, SD),
    "sd-25": (25, SD),
    "leading": (10, SD | {"timestep_spacing": "leading"}),
    "trailing": (10, SD | {"timestep_spacing": "trailing"}),
    "linspace": (10, SD | {"timestep_spacing": "linspace"}),
    "trailing-7": (7, SD | {"timestep_spacing": "trailing"}),
    "v-prediction": (10, SD | {"prediction_type": "v_prediction"}),
    "sample": (10, SD | {"prediction_type": "sample"}),
    "linear": (10, {"beta_schedule": "linear"}),
    "cosine": (10, {"beta_schedule": "squaredcos_cap_v2"}),
    "zero-snr": (
        10,
        SD | {"rescale_betas_zero_snr": True, "timestep_spacing": "trailing", "prediction_type": "v_prediction"},
    ),
}
NO_SAMPLE_PREDICTION = ["pndm", "euler-ancestral"]
NO_ZERO_SNR = ["pndm", "heun"]
EXTRAS = {
    "pndm/runge-kutta": ("pndm", 10, SD | {"skip_prk_steps": False}),
    "pndm/alpha-one": ("pndm", 10, SD | {"set_alpha_to_one": True}),
    "ddpm/clipped": ("ddpm", 10, SD | {"clip_sample": True, "clip_sample_range": 1.5}),
    "ddpm/fixed-large": ("ddpm", 10, SD | {"variance_type": "fixed_large"}),
    "ddim/eta-1": ("ddim", 10, SD),
    "ddim/clipped": ("ddim", 10, SD | {"clip_sample": True, "set_alpha_to_one": True}),
    "ddim/trained-betas": ("ddim", 5, {"trained_betas": [0.01 * k for k in range(1, 21)], "num_train_timesteps": 20}),
    "euler/karras": ("euler", 10, SD | {"use_karras_sigmas": True}),
    "euler/sigma-min": ("euler", 10, SD | {"final_sigmas_type": "sigma_min"}),
    "heun/karras": ("heun", 10, SD | {"use_karras_sigmas": True}),
    "heun/clipped": ("heun", 10, SD | {"clip_sample": True}),
    "unipc/karras": ("unipc", 10, SD | {"use_karras_sigmas": True}),
    "unipc/third-order": ("unipc", 20, SD | {"solver_order": 3}),
    "unipc/bh1": ("unipc", 10, SD | {"solver_type": "bh1", "final_sigmas_type": "sigma_min"}),
    "unipc/sigma-min": ("unipc", 10, SD | {"final_sigmas_type": "sigma_min", "lower_order_final": False}),
    "unipc/disabled-corrector": ("unipc", 10, SD | {"disable_corrector": [0, 1]}),
    "dpmpp-2m/sigma-min": ("dpmpp-2m", 10, SD | {"final_sigmas_type": "sigma_min", "lower_order_final": False}),
    "dpmpp-2m/heun": ("dpmpp-2m", 10, SD | {"solver_type": "heun"}),
    "dpmpp-2m/first-order": ("dpmpp-2m", 10, SD | {"solver_order": 1}),
    "dpmpp-2m/third-order": ("dpmpp-2m", 20, SD | {"solver_order": 3}),
    "dpmpp-2m/clipped-lambda": ("dpmpp-2m", 10, {"beta_schedule": "squaredcos_cap_v2", "lambda_min_clipped": -5.1}),
    "dpmpp-2m-karras/euler-at-final": ("dpmpp-2m-karras", 25, SD | {"euler_at_final": True}),
}


def scheduler_cases():
    for kind in KINDS:
        for variant, (steps, options) in VARIANTS.items():
            if variant == "sample" and kind in NO_SAMPLE_PREDICTION:
                continue
            if variant == "zero-snr" and kind in NO_ZERO_SNR:
                continue
            if variant == "cosine" and kind == "dpmpp-2m":
                continue  # needs lambda_min_clipped, see EXTRAS
            yield f"{kind}/{variant}", kind, steps, options
    for name, (kind, steps, options) in EXTRAS.items():
        yield name, kind, steps, options


def make_schedulers():
    """Runs every scheduler on a stand-in for the network that Swift can compute as well."""
    shape = (2, 2, 2, 3)
    noise = random_normal(1, *shape)
    offset = random_normal(2, *shape)
    original = random_normal(3, *shape)
    values = {"noise": noise, "offset": offset, "original": original}
    cases = []
    for name, kind, steps, options in scheduler_cases():
        class_name, defaults = KINDS[kind]
        scheduler = getattr(diffusers, class_name)(**(defaults | options))
        scheduler.set_timesteps(steps)
        if hasattr(scheduler, "set_begin_index"):
            scheduler.set_begin_index(0)  # with Karras sigmas the first two timesteps may be equal
        sample = noise * scheduler.init_noise_sigma
        generators = [torch.Generator().manual_seed(100 + index) for index in range(shape[0])]
        extra = {"eta": 1.0} if name.endswith("eta-1") else {}
        if kind in ["ddim", "ddpm", "euler-ancestral"]:
            extra["generator"] = generators
        trajectory, inputs = [], []
        for timestep in scheduler.timesteps:
            scaled = scheduler.scale_model_input(sample, timestep)
            output = 0.3 * scaled + offset * math.sin(0.01 * float(timestep))
            sample = scheduler.step(output, timestep, sample, **extra).prev_sample
            inputs.append(scaled)
            trajectory.append(sample)
        if not all(torch.isfinite(state).all() for state in trajectory):
            raise SystemExit(f"{name}: the trajectory is not finite")
        values[f"{name}.timesteps"] = scheduler.timesteps.double()
        values[f"{name}.trajectory"] = torch.stack(trajectory)
        if name.endswith("sd-10"):
            values[f"{name}.inputs"] = torch.stack(inputs)
            noisy = []
            for index in range(len(scheduler.timesteps)):
                fresh = getattr(diffusers, class_name)(**(defaults | options))
                fresh.set_timesteps(steps)
                fresh_timesteps = fresh.timesteps[index].expand(shape[0])
                noisy.append(fresh.add_noise(original, noise, fresh_timesteps))
            values[f"{name}.noisy"] = torch.stack(noisy)
        configuration = json.loads(json.dumps(dict(scheduler.config)))
        cases.append(
            {
                "name": name,
                "kind": kind,
                "inferenceStepCount": steps,
                "eta": extra.get("eta", 0.0),
                "initialNoiseSigma": float(scheduler.init_noise_sigma),
                "configuration": {
                    key: value
                    for key, value in configuration.items()
                    if not key.startswith("_") and value not in [math.inf, -math.inf]
                },
            }
        )
    save("schedulers.safetensors", values)
    lines = ",\n".join("  " + json.dumps(case) for case in cases)
    (GOLDENS / "schedulers.json").write_text(f"[\n{lines}\n]\n")
    make_noise_schedules()


def make_noise_schedules():
    """The constants that training uses, from DDPMScheduler."""
    values = {}
    timesteps = torch.tensor([0, 1, 17, 500, 998, 999])
    clean, noise = random_normal(4, 6, 1, 2, 2), random_normal(5, 6, 1, 2, 2)
    values["timesteps"], values["clean"], values["noise"] = timesteps, clean, noise
    schedules = {
        "scaled_linear": SD,
        "linear": {"beta_schedule": "linear"},
        "squaredcos_cap_v2": {"beta_schedule": "squaredcos_cap_v2"},
        "zero-snr": SD | {"rescale_betas_zero_snr": True},
    }
    for name, options in schedules.items():
        scheduler = diffusers.DDPMScheduler(**options)
        values[f"{name}.alphas_cumprod"] = scheduler.alphas_cumprod
        values[f"{name}.noisy"] = scheduler.add_noise(clean, noise, timesteps)
        values[f"{name}.velocity"] = scheduler.get_velocity(clean, noise, timesteps)
        values[f"{name}.snr"] = diffusers.training_utils.compute_snr(scheduler, timesteps)
    save("noise-schedules.safetensors", values)


# MARK: pipelines

PIPELINE_SCHEDULERS = {
    "tiny-sd1": ["pndm", "ddpm", "ddim", "euler", "euler-ancestral", "dpmpp-2m-karras", "heun", "unipc"],
    "tiny-sd2": ["ddim", "euler", "dpmpp-2m", "dpmpp-2m-karras"],
    "tiny-radiograph": ["dpmpp-2m", "heun", "euler-ancestral"],
}


def make_pipelines():
    """Whole runs of 10 steps with guidance 7.5; the text of each run is PROMPTS with the seeds SEEDS."""
    for name, kinds in PIPELINE_SCHEDULERS.items():
        values = {}
        for kind in kinds:
            pipeline = load_pipeline(name)
            pipeline.set_progress_bar_config(disable=True)
            class_name, _ = KINDS[kind]
            own = type(pipeline.scheduler).__name__ == class_name
            options = {"use_karras_sigmas": True} if kind.endswith("karras") else {}
            if not own or options:
                pipeline.scheduler = getattr(diffusers, class_name).from_config(pipeline.scheduler.config, **options)
            latents = run(pipeline, name, "latent")
            images = run(pipeline, name, "np")
            values[f"{kind}.latents"] = latents
            values[f"{kind}.images"] = torch.from_numpy((images * 255).round().astype("uint8"))
            saturated = float(((images == 0) | (images == 1)).mean())
            print(f"{name} {kind}: {saturated:.1%} saturated, std {images.std():.3f}")
        save(f"pipelines/{name}.safetensors", values)


def run(pipeline, name, output_type):
    """Latents [2, C, h, w] or images [2, H, W, C] of the two prompts."""
    height, width = (40, 24) if name == "tiny-radiograph" else (64, 40)
    generators = [torch.Generator().manual_seed(seed) for seed in SEEDS]
    arguments = {
        "prompt": PROMPTS,
        "negative_prompt": [NEGATIVE_PROMPT] * 2,
        "height": height,
        "width": width,
        "num_inference_steps": 10,
        "guidance_scale": 7.5,
        "generator": generators,
    }
    latents = pipeline(**arguments, output_type="latent").images
    if output_type == "latent":
        return latents
    # StableDiffusionPipeline ignores shift_factor, so the decoding is spelled out for all models.
    configuration = pipeline.vae.config
    with torch.no_grad():
        decoded = pipeline.vae.decode(
            latents / configuration.scaling_factor + (configuration.shift_factor or 0)
        ).sample
    return np.clip(decoded / 2 + 0.5, 0, 1).permute(0, 2, 3, 1).numpy()


def save(path, values):
    path = GOLDENS / path
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file({name: value.contiguous() for name, value in values.items()}, path)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    torch.set_num_threads(2)
    makers = {
        "models": make_models,
        "modules": make_modules,
        "schedulers": make_schedulers,
        "pipelines": make_pipelines,
    }
    for part in sys.argv[1:] or makers:
        makers[part]()
