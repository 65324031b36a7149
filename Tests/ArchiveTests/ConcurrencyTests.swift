import Archive
import Foundation
import Imaging
import Testing

/// Several connections to one workspace at once, as several processes have them.
struct ConcurrencyTests {
    @Test func `eight writers lose nothing and add nothing twice`() async throws {
        let workspace = try TemporaryArchive()
        let seeds: [UInt64] = Array(0..<25)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<8 {
                group.addTask {
                    let archive = try ImageArchive(workspace: workspace.folder)
                    // Two writers each bring the same images.
                    for seed in seeds {
                        let provenance = Provenance.sample(
                            prompt: "A knee",
                            seed: seed + UInt64(writer / 2 * 1000)
                        )
                        _ = try archive.add(
                            workspace.png(provenance.seed, provenance),
                            as: ImageDraft(provenance: provenance)
                        )
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try workspace.archive.count() == 100)
        #expect(try workspace.fileNames().count == 100)
        #expect(try workspace.archive.verify().problems.isEmpty)
    }

    @Test func `a workspace can be made by several at once`() async throws {
        let workspace = try TemporaryArchive()
        let folder = "\(workspace.folder)/new"
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask { try ImageArchive(workspace: folder).count(.everything) }
            }
            for try await count in group { #expect(count == 0) }
        }
    }

    @Test func `adding, removing and repairing at once leaves a sound archive`() async throws {
        let workspace = try TemporaryArchive()
        let bytes = try workspace.png(1)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    let archive = try ImageArchive(workspace: workspace.folder)
                    for _ in 0..<15 {
                        let draft = ImageDraft(realImageFrom: "a test")
                        let record = try archive.add(bytes, as: draft)
                        do { try archive.remove(record.id, because: "a test") } catch ArchiveError
                            .alreadyRemoved
                        {}
                    }
                }
            }
            group.addTask {
                for _ in 0..<5 {
                    let found = try workspace.archive.verify(isRepairing: true)
                    #expect(found.isSound, "\(found.problems)")
                }
            }
            try await group.waitForAll()
        }
        _ = try workspace.archive.add(bytes, as: ImageDraft(realImageFrom: "a test"))
        #expect(try workspace.archive.verify().problems.isEmpty)
        #expect(try workspace.fileNames().count == 1)
    }

    @Test func `votes at once form one chain`() async throws {
        let workspace = try TemporaryArchive()
        let images = try (1...5).map { try workspace.addImage(seed: UInt64($0)) }
        try workspace.archive.setReviewRule(ReviewRule(voteCount: 6))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<6 {
                group.addTask {
                    let archive = try ImageArchive(workspace: workspace.folder)
                    try archive.register(Reviewer(name: "R\(number)", credentials: "radiologist"))
                    for image in images {
                        try archive.vote(.accept, on: image.id, by: "R\(number)")
                    }
                }
            }
            try await group.waitForAll()
        }
        let found = try workspace.archive.verify()
        #expect(found.problems.isEmpty)
        #expect(found.reviewEntryCount == 1 + 6 + 30)
        #expect(try workspace.archive.count(ImageQuery(parsing: "review=accepted")) == 5)
    }
}
