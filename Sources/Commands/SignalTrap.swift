import Dispatch
import Glibc
import Synchronization

/// Turns the first SIGINT or SIGTERM into a call; the next one ends the process as usual.
final class SignalTrap {
    private let latest = LatestSignal()
    private let sources: [any DispatchSourceSignal]

    /// Catches the signals until the trap is gone.
    init(action: @escaping @Sendable () -> Void) {
        let latest = latest
        // A serial queue gets a thread of its own; the global queue has one for each CPU, and a command
        // that computes may hold the only one.
        let queue = DispatchQueue(label: "signals")
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                latest.number.store(number, ordering: .relaxed)
                signal(SIGINT, SIG_DFL)
                signal(SIGTERM, SIG_DFL)
                action()
            }
            source.activate()
            return source
        }
    }

    /// The signal that was caught, or nil.
    var caught: Int32? {
        let number = latest.number.load(ordering: .relaxed)
        return number == 0 ? nil : number
    }

    deinit {
        for source in sources { source.cancel() }
    }

    private final class LatestSignal: Sendable {
        let number = Atomic<Int32>(0)
    }
}
