import Foundation
import TestSupport
import Testing
import Workflows

struct WeightsHashTests {
    /// Printed by `find * -name '*.safetensors' | LC_ALL=C sort | xargs sha256sum | sha256sum`.
    @Test(arguments: [
        ("tiny-radiograph", "10075be779ed57e1b1e5593d34b678c23c4899e2cc7afaf09dee1c124e92efde"),
        ("tiny-sd2-sharded", "72c19230216f172771325a0a74043c8d89b0315859f0400109babd991b7546df"),
    ])
    func `equals what sha256sum prints`(_ model: String, _ expected: String) async throws {
        #expect(try await WeightsHash.sha256(ofModel: Goldens.model(model).path) == expected)
    }

    @Test func `stops when the task is cancelled`() async {
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await WeightsHash.sha256(ofModel: Goldens.model("tiny-sd1").path)
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
