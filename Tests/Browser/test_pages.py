"""Every page passes axe-core's checks and fits, in light and dark, on laptop, tablet and phone."""

import unittest

from chromium import SIZES, Chromium, screenshot, violations
from served_study import ServedStudy

OPTIONS = ["--readers", "6", "--confidence", "5", "--description"]


class PagesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.chromium = cls.enterClassContext(Chromium())
        cls.study = cls.enterClassContext(ServedStudy(*OPTIONS, pairs=3))

    def test_every_page_passes_in_each_size_and_scheme(self):
        links = iter(self.study.links.values())
        for size in SIZES:
            for scheme in ("dark", "light"):
                page = self.chromium.device(size, scheme)
                self.walk(page, next(links), f"{size}-{scheme}")
                self.assertEqual(page.errors, [])

    def walk(self, page, link, name):
        page.goto(self.study.address)
        self.check(page, f"sign-in-{name}")
        page.goto(link)
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("button", name="I agree to take part").wait_for()
        self.check(page, f"consent-{name}")
        page.get_by_role("button", name="I agree to take part").click()
        self.check(page, f"screen-check-{name}")
        for question in ("dark", "bright"):
            page.locator(f"label:has([name={question}][value=yes])").click()
        page.get_by_role("button", name="Continue").click()
        page.locator("canvas").wait_for()
        self.check(page, f"reading-{name}")
        page.keyboard.press("2")
        page.keyboard.press("Shift+Digit4")
        page.keyboard.press("i")
        self.check(page, f"reading-answered-{name}")
        page.keyboard.press("?")
        page.get_by_role("dialog").wait_for()
        self.check(page, f"keys-{name}")
        page.keyboard.press("Escape")
        page.keyboard.press("p")
        page.wait_for_url("**/paused")
        self.check(page, f"paused-{name}")

    def check(self, page, name):
        with self.subTest(name):
            page.wait_for_load_state()
            screenshot(page, name)
            self.assertEqual(violations(page), [])
            overflow = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            self.assertLessEqual(overflow, 0, "the page is wider than the window")


if __name__ == "__main__":
    unittest.main()
