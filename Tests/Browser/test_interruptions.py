"""A reader's page survives what goes wrong between it and the server."""

import unittest

from chromium import Chromium
from served_study import ServedStudy


class InterruptionsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.chromium = cls.enterClassContext(Chromium())
        cls.study = cls.enterClassContext(ServedStudy("--readers", "4", pairs=3))
        cls.links = iter(cls.study.links.values())

    def first_image(self, **options):
        page = self.chromium.device(**options)
        page.goto(next(self.links))
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("button", name="I agree to take part").click()
        for question in ("dark", "bright"):
            page.locator(f"label:has([name={question}][value=yes])").click()
        page.get_by_role("button", name="Continue").click()
        page.locator("canvas").wait_for()
        return page

    def wait_for_image(self, page, number):
        page.get_by_text(f"Image {number} of 6", exact=True).wait_for()

    def test_an_answer_is_sent_again_until_it_arrives(self):
        page = self.first_image()
        failures = []

        def fail_twice(route):
            failures.append(route.request.post_data)
            # The first is lost on the way there, the second on the way back.
            if len(failures) == 1:
                route.abort()
            elif len(failures) == 2:
                route.fetch(max_redirects=0)
                route.abort()
            else:
                route.continue_()

        page.route("**/study/answers", fail_twice)
        page.keyboard.press("1")
        page.keyboard.press("Enter")
        page.get_by_text("Not saved yet. Trying again").wait_for()
        self.wait_for_image(page, 2)
        self.assertEqual(len(failures), 3)
        self.assertEqual(len(set(failures)), 1, "each time the same answer with the same key")

    def test_a_double_click_answers_one_image(self):
        page = self.first_image()
        page.locator("label:has([name=label][value=fake])").click()
        page.get_by_role("button", name="Save and go on").dblclick()
        self.wait_for_image(page, 2)
        self.assertFalse(page.locator("[name=label]:checked").count())

    def test_nothing_chosen_is_told_and_not_sent(self):
        page = self.first_image()
        page.keyboard.press("Enter")
        page.locator("#status").get_by_text("Please choose: Is the image real or fake?").wait_for()
        self.wait_for_image(page, 1)

    def test_the_page_works_without_scripts(self):
        page = self.chromium.device(java_script_enabled=False)
        link = next(self.links)
        page.goto(link)
        page.get_by_label("Invitation code").fill(link.split("#")[1])
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("button", name="I agree to take part").click()
        for question in ("dark", "bright"):
            page.locator(f"label:has([name={question}][value=yes])").click()
        page.get_by_role("button", name="Continue").click()
        page.locator("label:has([name=label][value=real])").click()
        page.get_by_role("button", name="Save and go on").click()
        self.wait_for_image(page, 2)
        self.assertGreater(page.locator("#source").evaluate("(image) => image.naturalWidth"), 0)


if __name__ == "__main__":
    unittest.main()
