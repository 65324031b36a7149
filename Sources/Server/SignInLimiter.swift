import Foundation

/// Slows down who tries codes: after ten wrong ones within a minute, an address has to wait.
///
/// Codes have 128 random bits, so this is to spare the log and the processor, not the secret.
actor SignInLimiter {
    static let limit = 10
    static let window: TimeInterval = 60

    private var failures: [String: [Date]] = [:]

    /// How many seconds the address has to wait, or nil.
    func wait(for address: String, at now: Date) -> Int? {
        let recent = recentFailures(of: address, at: now)
        guard recent.count >= Self.limit, let oldest = recent.first else { return nil }
        return max(1, Int((Self.window - now.timeIntervalSince(oldest)).rounded(.up)))
    }

    /// Notes a wrong code.
    func noteFailure(of address: String, at now: Date) {
        // What is over is forgotten, so many addresses cannot fill the memory for longer.
        if failures.count > 10_000 {
            failures = failures.filter { now.timeIntervalSince($0.value.last ?? now) < Self.window }
        }
        failures[address] = recentFailures(of: address, at: now).suffix(Self.limit - 1) + [now]
    }

    private func recentFailures(of address: String, at now: Date) -> [Date] {
        (failures[address] ?? []).filter { now.timeIntervalSince($0) < Self.window }
    }
}
