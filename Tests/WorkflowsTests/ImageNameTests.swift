import Testing

@testable import Workflows

struct ImageNameTests {
    @Test(arguments: [
        ("An X-ray of the hand", "an-x-ray-of-the-hand"),
        ("  A normal chest X-ray, PA view! ", "a-normal-chest-x-ray-pa-view"),
        ("../../etc/passwd", "etc-passwd"),
        // printf 'Röntgenbild' | sha256sum, and so on
        ("Röntgenbild", "rontgenbild-b04c5a8e"),
        ("手", "48e3a023"),
        ("!", "bb7208bc"),
    ])
    func `prompts become names`(_ prompt: String, _ slug: String) {
        #expect(ImageName.slug(prompt) == slug)
    }

    @Test func `long prompts that begin alike keep names apart`() {
        let start = String(repeating: "An X-ray of the left hand ", count: 20)
        let names = ["with a ring", "with a cast"].map {
            ImageName.file(prompt: start + $0, seed: 1)
        }
        #expect(names[0] != names[1])
        #expect(names.allSatisfy { $0.utf8.count < 100 })
    }
}
