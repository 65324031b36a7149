import Foundation
import Testing

@testable import Server

struct SignInLimiterTests {
    private let start = ServedStudy.start

    @Test func `the wait ends when the oldest of ten failures is a minute old`() async {
        let limiter = SignInLimiter()
        for second in 0..<10 {
            #expect(await limiter.wait(for: "a", at: start + Double(second)) == nil)
            await limiter.noteFailure(of: "a", at: start + Double(second))
        }
        #expect(await limiter.wait(for: "a", at: start + 9) == 51)
        #expect(await limiter.wait(for: "b", at: start + 9) == nil)
        #expect(await limiter.wait(for: "a", at: start + 59.5) == 1)
        #expect(await limiter.wait(for: "a", at: start + 60) == nil)
        await limiter.noteFailure(of: "a", at: start + 60)
        #expect(await limiter.wait(for: "a", at: start + 60) == 1)
    }
}
