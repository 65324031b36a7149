import Testing

@testable import Commands

struct ProgressBarTests {
    @Test(arguments: [
        (0.2, "1 s"), (42, "42 s"), (59.5, "1 min 00 s"), (185, "3 min 05 s"),
        (7800, "2 h 10 min"),
    ])
    func `durations are read at a glance`(_ seconds: Double, _ text: String) {
        #expect(ProgressBar.text(.seconds(seconds)) == text)
    }
}
