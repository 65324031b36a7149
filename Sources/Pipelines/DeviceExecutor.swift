import Dispatch
import Foundation
import Synchronization

/// Runs an actor's work on one thread of its own.
///
/// libtorch blocks for seconds, which would starve Swift's cooperative threads; and its OpenMP
/// workers belong to the thread that calls, so that a pool of callers would multiply them.
final class DeviceExecutor: SerialExecutor {
    private let jobs = Jobs()

    init(name: String) {
        let thread = Thread { [jobs] in
            while let job = jobs.next() { job() }
        }
        thread.name = name
        thread.stackSize = 8 << 20
        thread.start()
    }

    deinit { jobs.append(nil) }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.append { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    /// A queue whose `next` waits; nil ends the thread.
    private final class Jobs: Sendable {
        typealias Job = @Sendable () -> Void

        private let waiting = Mutex<[Job?]>([])
        private let count = DispatchSemaphore(value: 0)

        func append(_ job: Job?) {
            waiting.withLock { $0.append(job) }
            count.signal()
        }

        func next() -> Job? {
            count.wait()
            return waiting.withLock { $0.removeFirst() }
        }
    }
}
