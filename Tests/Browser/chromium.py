"""Chromium under Playwright's control, with the checks that every page has to pass."""

import os
import pathlib
import shutil

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

SCREENSHOTS = pathlib.Path(os.environ.get("SCREENSHOTS", "out/browser"))
SIZES = {"laptop": (1366, 768), "tablet": (820, 1180), "phone": (390, 844)}


class Chromium:
    """The browser; use it in a `with` statement."""

    def __enter__(self):
        path = os.environ.get("CHROMIUM") or shutil.which("chromium")
        if path is None:
            raise RuntimeError(
                "there is no chromium; Scripts/setup --tests installs it on Debian, "
                "elsewhere name a browser with CHROMIUM=/path/to/it"
            )
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.playwright = sync_playwright().start()
        # Chromium's sandbox does not work for root, as in a container.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        self.browser = self.playwright.chromium.launch(executable_path=path, args=arguments)
        return self

    def __exit__(self, *_):
        self.browser.close()
        self.playwright.stop()

    def device(self, size="laptop", scheme="dark", **options):
        """A page in a browser of its own, on which a script error fails the test."""
        width, height = SIZES[size]
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, **options
        )
        page = context.new_page()
        page.errors = []
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on(
            "console",
            lambda message: message.type == "error" and page.errors.append(message.text),
        )
        return page


def screenshot(page, name):
    """Keeps a picture of the page for people to look at."""
    page.screenshot(path=SCREENSHOTS / f"{name}.png")


def violations(page):
    """What axe-core finds against WCAG 2.2 AA and best practice, one line each."""
    results = Axe().run(page)
    return [
        f"{rule['id']}: {rule['help']}: {node['html'][:120]}"
        for rule in results.response["violations"]
        for node in rule["nodes"]
    ]
