"""A reader study made and served by the built program, as a study lead does it."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile

import phantom

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("SKIAGRAPH_PROGRAM", str(ROOT / ".build/release/skiagraph"))


class ServedStudy:
    """A study in a folder of its own; use it in a `with` statement."""

    def __init__(self, *options, pairs=15, name="chests"):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="skiagraph-browser-"))
        self.name = name
        self.workspace = str(self.folder / "workspace")
        for kind in ("real", "fake"):
            (self.folder / kind).mkdir()
            for number in range(pairs):
                rows = phantom.chest(f"{kind}{number}", side=192, is_fake=kind == "fake")
                phantom.write_png(self.folder / kind / f"{number}.png", rows)
        self.run(
            "create", name, "--real", str(self.folder / "real"),
            "--synthetic", str(self.folder / "fake"), "--seed", "7", *options,
        )
        self.server = subprocess.Popen(
            [PROGRAM, "study", "serve", name, "--workspace", self.workspace, "--port", "0"],
            stderr=subprocess.PIPE, text=True,
        )
        self.address = None
        for line in self.server.stderr:
            found = re.search(r"served at (http://\S+)/ ", line)
            if found:
                self.address = found[1]
                break
        if self.address is None:
            raise RuntimeError("study serve ended before it listened")
        links = self.run("invite", name, "--url", self.address)
        self.links = dict(line.split("\t") for line in links.splitlines())

    def run(self, command, *arguments):
        """Runs `skiagraph study COMMAND` and gives what it prints."""
        words = [PROGRAM, "study", command, *arguments, "--workspace", self.workspace]
        outcome = subprocess.run(words, capture_output=True, text=True)
        if outcome.returncode != 0:
            raise RuntimeError(f"{' '.join(words)}: {outcome.stderr}")
        return outcome.stdout

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.terminate()
        self.server.wait(timeout=20)
        self.server.stderr.close()
        shutil.rmtree(self.folder)
