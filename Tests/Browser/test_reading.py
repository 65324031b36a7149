"""Readers read a study in Chromium, by keyboard, on two devices."""

import csv
import unittest

from chromium import SCREENSHOTS, Chromium, screenshot
from served_study import ServedStudy


class ReadingTest(unittest.TestCase):
    """The way of a reader from the link to the thanks."""

    @classmethod
    def setUpClass(cls):
        cls.chromium = cls.enterClassContext(Chromium())

    def test_a_reader_reads_thirty_images_by_keyboard_on_two_devices(self):
        options = ["--readers", "2", "--confidence", "5", "--description"]
        with ServedStudy(*options) as study:
            reader, link = next(iter(study.links.items()))
            laptop = self.chromium.device()
            self.sign_in(laptop, link)
            for number in range(1, 18):
                self.read_by_keyboard(laptop, number)
            # Half an answer, then a pause.
            self.wait_for_image(laptop, 18)
            laptop.keyboard.press("2")
            laptop.keyboard.press("d")
            laptop.keyboard.type("Ribs end in the air")
            laptop.keyboard.press("Escape")
            laptop.keyboard.press("p")
            laptop.wait_for_url("**/paused")
            screenshot(laptop, "paused")

            tablet = self.chromium.device("tablet", "light")
            self.sign_in(tablet, link, consented=True)
            self.wait_for_image(tablet, 18)
            self.assertTrue(tablet.locator("[name=label][value=fake]").is_checked())
            self.assertEqual(
                tablet.locator("[name=description]").input_value(), "Ribs end in the air"
            )
            tablet.keyboard.press("Shift+Digit4")
            tablet.keyboard.press("Enter")
            for number in range(19, 31):
                self.read_by_keyboard(tablet, number)
            tablet.get_by_role("heading", name="All images are answered").wait_for()
            screenshot(tablet, "finished-tablet-light")

            # The laptop has been left open and learns of it at the next look.
            laptop.get_by_role("button", name="Go on").click()
            laptop.get_by_role("heading", name="All images are answered").wait_for()
            self.assertEqual(laptop.errors + tablet.errors, [])
            self.check_results(study, reader)

    def sign_in(self, page, link, consented=False):
        page.goto(link)
        self.assertNotIn("#", page.url, "the code stays out of the history")
        page.keyboard.press("Enter")
        if not consented:
            page.get_by_role("button", name="I agree to take part").press("Enter")
        page.get_by_role("heading", name="Check your screen").wait_for()
        for question in ("dark", "bright"):
            page.locator(f"[name={question}][value=yes]").press("Space")
        page.get_by_role("button", name="Continue").press("Enter")

    def wait_for_image(self, page, number):
        page.get_by_text(f"Image {number} of 30", exact=True).wait_for()
        page.locator("canvas").wait_for()

    def read_by_keyboard(self, page, number):
        self.wait_for_image(page, number)
        page.keyboard.press(str(number % 3 + 1))
        if number % 3 != 2:
            page.keyboard.press(f"Shift+Digit{number % 5 + 1}")
        page.keyboard.press("Enter")

    def check_results(self, study, reader):
        """The lead closes the study and finds just what was pressed."""
        study.run("close", study.name)
        folder = study.folder / "report"
        study.run("report", study.name, "-o", str(folder))
        with open(folder / "readings.csv", newline="", encoding="utf-8") as file:
            rows = sorted(csv.DictReader(file), key=lambda row: int(row["position"]))
        self.assertEqual({row["reader"] for row in rows}, {reader})
        self.assertEqual([int(row["position"]) for row in rows], list(range(30)))
        pressed = [self.pressed(number) for number in range(1, 31)]
        pressed[17] = ("fake", "4")
        self.assertEqual([(row["answer"], row["confidence"]) for row in rows], pressed)
        self.assertEqual(rows[17]["description"], "Ribs end in the air")

        report = self.chromium.device()
        report.goto((folder / "report.html").as_uri())
        report.get_by_text(reader).first.wait_for()
        report.screenshot(path=SCREENSHOTS / "report.png", full_page=True)
        self.assertEqual(report.errors, [])

    def pressed(self, number):
        """Answer and confidence that an image's number asks for."""
        answer = ("real", "fake", "uncertain")[number % 3]
        return (answer, "" if answer == "uncertain" else str(number % 5 + 1))


if __name__ == "__main__":
    unittest.main()
