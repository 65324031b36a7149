"""Measures Skiagraph beside diffusers, in turn on one machine, and prints tables.

    make bench                                   all of it, about an hour on two quiet cores
    make bench BENCH="--tasks unet,vae --rounds 3 --models mini"

Both programs hold the same model in the same type on the same libtorch; the one that is not asked sleeps. A round
asks each once, and the order changes with each round. The tables give medians over rounds and their ratio.
"""

import argparse
import itertools
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
WORKER = HERE / ".build/release/worker"
PROGRAM = ROOT / ".build/release/skiagraph"
MINI = ROOT / "PretrainedModels/radiograph-mini"
# How each is trained here: from nothing, and as LoRA.
TRAINING = {"radiograph-mini": "scratch", "SD 1.5, 512x512": "lora"}
SLOW = {"image", "lora", "scratch"}
# Environment of both: waiting threads sleep, so that the one not asked costs nothing.
ENVIRONMENT = os.environ | {
    "OMP_NUM_THREADS": "2", "OMP_WAIT_POLICY": "PASSIVE", "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1", "TRANSFORMERS_VERBOSITY": "error", "DIFFUSERS_VERBOSITY": "error",
    "PYTHONWARNINGS": "ignore",
}


class Worker:
    def __init__(self, command):
        self.process = subprocess.Popen(
            command, env=ENVIRONMENT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.about = self.read()

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"{self.process.args[0]} ended with status {self.process.wait()}; its message is above")
        return json.loads(line)

    def ask(self, task):
        self.process.stdin.write(task + "\n")
        self.process.stdin.flush()
        return {key: float(value) for key, value in self.read().items()}

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def compare(model, dtype, task, rounds):
    """Medians of seconds, processor seconds and peak memory of both, each with fresh processes."""
    ours = Worker([str(WORKER), str(model), dtype])
    peer = Worker([sys.executable, str(HERE / "worker.py"), str(model), dtype])
    found = {ours: [], peer: []}
    for number in range(rounds):
        for worker in (ours, peer) if number % 2 == 0 else (peer, ours):
            found[worker].append(worker.ask(task))
    for worker in found:
        worker.close()
    return [
        {key: statistics.median(answer[key] for answer in answers) for key in answers[0]}
        for answers in found.values()
    ]


def peak_rate(dtype, rounds=20):
    """Operations a second of the best matrix product on this machine."""
    worker = Worker([str(WORKER), str(MINI), dtype])
    best = min(worker.ask("matmul")["seconds"] for _ in range(rounds))
    worker.close()
    return 2 * 4096**3 / best


def operations(model):
    worker = Worker([sys.executable, str(HERE / "worker.py"), str(model), "float32"])
    count = worker.ask("flops")["flops"]
    worker.close()
    return count


def program_seconds(rounds):
    """Seconds of the whole program, from start to a written image of radiograph-mini, and of its start alone."""
    def run(*arguments):
        output = HERE / ".build/images"
        start = time.perf_counter()
        subprocess.run(
            [PROGRAM, "generate", "An X-ray of the hand", "--seed", str(time.time_ns() % 2**32), "-o", output,
             "--workspace", HERE / ".build/workspace", *arguments],
            env=ENVIRONMENT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        return time.perf_counter() - start

    for dtype in ("float32", "bfloat16"):
        whole = statistics.median(run("--dtype", dtype) for _ in range(rounds))
        one_step = statistics.median(run("--dtype", dtype, "--steps", "1") for _ in range(rounds))
        two_steps = statistics.median(run("--dtype", dtype, "--steps", "2") for _ in range(rounds))
        yield dtype, whole, max(0.0, 2 * one_step - two_steps)


def full_size_model(folder):
    """Writes Stable Diffusion 1.5 at its full size with random weights; 4.3 GB."""
    if (folder / "model_index.json").exists():
        return folder
    import shutil

    import torch
    from diffusers import AutoencoderKL, PNDMScheduler, UNet2DConditionModel
    from transformers import CLIPTextConfig, CLIPTextModel

    torch.manual_seed(0)
    UNet2DConditionModel(sample_size=64, cross_attention_dim=768, attention_head_dim=8).save_pretrained(folder / "unet")
    AutoencoderKL(
        block_out_channels=[128, 256, 512, 512],
        layers_per_block=2,
        down_block_types=["DownEncoderBlock2D"] * 4,
        up_block_types=["UpDecoderBlock2D"] * 4,
        sample_size=512,
    ).save_pretrained(folder / "vae")
    CLIPTextModel(CLIPTextConfig(
        hidden_size=768, intermediate_size=3072, num_hidden_layers=12, num_attention_heads=12, hidden_act="quick_gelu"
    )).save_pretrained(folder / "text_encoder")
    PNDMScheduler(
        beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", skip_prk_steps=True, steps_offset=1
    ).save_pretrained(folder / "scheduler")
    shutil.copytree(MINI / "tokenizer", folder / "tokenizer")
    index = {
        "_class_name": "StableDiffusionPipeline",
        "scheduler": ["diffusers", "PNDMScheduler"],
        "text_encoder": ["transformers", "CLIPTextModel"],
        "tokenizer": ["transformers", "CLIPTokenizer"],
        "unet": ["diffusers", "UNet2DConditionModel"],
        "vae": ["diffusers", "AutoencoderKL"],
    }
    (folder / "model_index.json").write_text(json.dumps(index, indent=2))
    return folder


def processor_name():
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":")[1].strip()
    return platform.processor()


def print_comparison(models, dtypes, tasks, rounds, slow_rounds):
    """The table of all tasks; returns the seconds of Skiagraph's UNet steps by model and type."""
    print("| model | type | task | Skiagraph s | diffusers s | ratio | processor ratio | MB | diffusers MB |")
    print("|---|---|---|---|---|---|---|---|---|")
    steps = {}
    for (name, model), dtype, task in itertools.product(models.items(), dtypes, tasks):
        task = TRAINING[name] if task == "train" else task
        ours, peer = compare(model, dtype, task, slow_rounds if task in SLOW else rounds)
        if task == "unet":
            steps[name, dtype] = ours["seconds"]
        print(
            f"| {name} | {dtype} | {task} | {ours['seconds']:.3f} | {peer['seconds']:.3f} "
            f"| {ours['seconds'] / peer['seconds']:.2f} | {ours['processor'] / peer['processor']:.2f} "
            f"| {ours['peak']:.0f} | {peer['peak']:.0f} |",
            flush=True,
        )
    return steps


def print_shares_of_peak(models, steps):
    print("\n| model | type | UNet step GFLOP | GFLOP/s | peak GFLOP/s (4096 matrices) | share |\n|---|---|---|---|---|---|")
    peaks = {dtype: peak_rate(dtype) for _, dtype in steps}
    for (name, dtype), seconds in steps.items():
        count = operations(models[name])
        print(
            f"| {name} | {dtype} | {count / 1e9:.0f} | {count / seconds / 1e9:.0f} | {peaks[dtype] / 1e9:.0f} "
            f"| {count / seconds / peaks[dtype]:.0%} |",
            flush=True,
        )


def print_program_seconds(rounds):
    print("\n| program, one image of radiograph-mini | whole s | start and load s |\n|---|---|---|")
    for dtype, whole, start in program_seconds(rounds):
        print(f"| {dtype} | {whole:.2f} | {start:.2f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", default="mini,full", help="mini, full or both")
    parser.add_argument("--dtypes", default="float32,bfloat16")
    parser.add_argument("--tasks", default="text,unet,vae,image,train,program", help="some of these")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--slow-rounds", type=int, default=3, help="rounds of whole images and training steps")
    options = parser.parse_args()

    models = {}
    if "mini" in options.models.split(","):
        models["radiograph-mini"] = MINI
    if "full" in options.models.split(","):
        models["SD 1.5, 512x512"] = full_size_model(HERE / ".build/stable-diffusion-1.5-random")
    tasks = options.tasks.split(",")

    print(f"{processor_name()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    compared = [task for task in tasks if task != "program"]
    if compared:
        steps = print_comparison(models, options.dtypes.split(","), compared, options.rounds, options.slow_rounds)
        if steps:
            print_shares_of_peak(models, steps)
    if "program" in tasks:
        print_program_seconds(options.rounds)


if __name__ == "__main__":
    main()
