import Foundation
import Tensors

/// Does a task of a model for each line of standard input, and answers each with a line of JSON.
///
/// `worker.py` does the same with diffusers; `compare.py` asks them in turn.
@main
struct Worker {
    static func main() async throws {
        Engine.prepare()
        let arguments = CommandLine.arguments
        guard arguments.count == 3, let dtype = DType(name: arguments[2]) else {
            FileHandle.standardError.write(Data("usage: worker MODEL float32|bfloat16\n".utf8))
            exit(64)
        }
        let tasks = Tasks(modelFolder: arguments[1], dtype: dtype)
        answer(["libtorch": Engine.libtorchVersion, "threads": String(Engine.threadCount)])
        while let line = readLine() {
            let work = try await tasks.prepare(line)
            let (start, processorStart) = (ContinuousClock.now, processorSeconds())
            try await work()
            answer([
                "seconds": String((ContinuousClock.now - start) / .seconds(1)),
                "processor": String(processorSeconds() - processorStart),
                "peak": String(peakMegabytes()),
            ])
        }
    }

    private static func answer(_ values: [String: String]) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        guard let json = try? encoder.encode(values) else { preconditionFailure("not JSON") }
        FileHandle.standardOutput.write(json + Data("\n".utf8))
    }

    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// The most memory that the process has held, file-backed pages of mapped weights included.
    private static func peakMegabytes() -> Int {
        var usage = rusage()
        getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss / 1024
    }
}
