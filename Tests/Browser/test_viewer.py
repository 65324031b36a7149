"""The image can be zoomed, moved, windowed and inverted, by mouse, finger and keyboard alike."""

import re
import unittest

from chromium import Chromium
from served_study import ServedStudy

# The grey value in the middle of what is shown.
MIDDLE = """() => {
    const view = document.querySelector("canvas");
    const pixel = view.getContext("2d").getImageData(view.width / 2, view.height / 2, 1, 1);
    return pixel.data[0];
}"""


class ViewerTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.chromium = cls.enterClassContext(Chromium())
        cls.study = cls.enterClassContext(ServedStudy("--readers", "1", pairs=1))
        cls.page = cls.chromium.device(has_touch=True)
        cls.page.goto(next(iter(cls.study.links.values())))
        cls.page.get_by_role("button", name="Continue").click()
        cls.page.get_by_role("button", name="I agree to take part").click()
        for question in ("dark", "bright"):
            cls.page.locator(f"label:has([name={question}][value=yes])").click()
        cls.page.get_by_role("button", name="Continue").click()
        cls.page.locator("canvas").wait_for()

    def setUp(self):
        self.page.keyboard.press("r")
        self.settle()

    def settle(self):
        """Waits until the next frames are drawn."""
        self.page.evaluate(
            "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
        self.settle()

    @property
    def readout(self):
        """Zoom in percent, window width and level."""
        text = self.page.locator("#readout").text_content()
        return tuple(int(number) for number in re.findall(r"-?\d+", text))

    def test_invert_turns_each_grey_value_round(self):
        before = self.page.evaluate(MIDDLE)
        self.press("i")
        self.assertAlmostEqual(self.page.evaluate(MIDDLE), 255 - before, delta=1)
        self.press("i")
        self.assertEqual(self.page.evaluate(MIDDLE), before)

    def test_window_follows_the_formula(self):
        before = self.page.evaluate(MIDDLE)
        self.press(*["Shift+ArrowLeft"] * 10, *["Shift+ArrowUp"] * 5)
        _, width, level = self.readout
        self.assertEqual((width, level), (255 - 80, round(127.5 + 20)))
        expected = (before - (147.5 - 175 / 2)) / 175 * 255
        self.assertAlmostEqual(
            self.page.evaluate(MIDDLE), min(255, max(0, expected)), delta=2
        )

    def test_a_drag_does_what_the_keys_do(self):
        box = self.page.locator("canvas").bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x - 80, y - 40, steps=4)
        self.page.mouse.up()
        self.settle()
        self.assertEqual(self.readout[1:], (255 - 80, round(127.5 + 20)))

    def test_zoom_keeps_the_middle_and_reset_brings_all_back(self):
        fitted = self.readout
        before = self.page.evaluate(MIDDLE)
        self.press("+", "+", "+")
        self.assertAlmostEqual(self.readout[0], fitted[0] * 1.25**3, delta=2)
        self.assertAlmostEqual(self.page.evaluate(MIDDLE), before, delta=12)
        self.press("ArrowLeft", "Shift+ArrowDown", "i")
        self.press("r")
        self.assertEqual(self.readout, fitted)
        self.assertEqual(self.page.evaluate(MIDDLE), before)

    def test_the_wheel_zooms_about_the_pointer(self):
        before = self.readout[0]
        box = self.page.locator("canvas").bounding_box()
        self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        self.page.mouse.wheel(0, -200)
        self.settle()
        self.assertAlmostEqual(self.readout[0], before * 1.6487, delta=3)

    def test_digits_in_the_description_are_words(self):
        self.press("1")
        self.assertTrue(self.page.locator("[name=label][value=real]").is_checked())
        self.press("Shift+Digit2")
        self.assertEqual(self.page.locator("[name=confidence]").count(), 0)


if __name__ == "__main__":
    unittest.main()
