public import Archive
import Foundation
import Imaging
public import PromptPolicy

/// Makes an immutable folder, and a tar file of it, from the images of an archive that may leave.
public struct CreateRelease: Sendable {
    /// What to release, and how.
    public struct Request: Sendable {
        /// What the release is called and says of itself.
        public var description: ReleaseDescription
        /// Which images; those of patients are never meant.
        public var query: ImageQuery
        /// The folder that gets the release's folder and tar file.
        public var destination: String
        /// Whether images that may not leave are left out; if not, nothing is released with any of them.
        public var leavesOut: Bool
        /// Whether each image is written as DICOM too.
        public var includesDICOM: Bool

        /// Asks for a release.
        public init(
            description: ReleaseDescription,
            query: ImageQuery,
            destination: String = ".",
            leavesOut: Bool = false,
            includesDICOM: Bool = false
        ) {
            self.description = description
            self.query = query
            self.destination = destination
            self.leavesOut = leavesOut
            self.includesDICOM = includesDICOM
        }
    }

    /// A release that is on the disk.
    public struct Result: Sendable, Hashable, Encodable {
        /// The folder.
        public let folder: String
        /// The tar file.
        public let tar: String
        /// The images in it.
        public let imageCount: Int
        /// The images that were left out.
        public let leftOutCount: Int
        /// The SHA-256 of SHA256SUMS, which stands for the whole; note it elsewhere.
        public let seal: String

        enum CodingKeys: String, CodingKey {
            case folder, tar, seal
            case imageCount = "images"
            case leftOutCount = "left_out"
        }
    }

    let archive: ImageArchive
    let policy: PromptPolicy
    let policyJSON: [UInt8]
    let softwareVersion: String

    /// The policy's name and version.
    var policyName: String { "\(policy.name) \(policy.version)" }

    /// Prepares a release.
    ///
    /// - Parameters:
    ///   - archive: holds the images.
    ///   - policyJSON: the file of the policy that every prompt has to keep; the release holds it.
    ///   - softwareVersion: the version of Skiagraph.
    /// - Throws: `PolicyError`.
    public init(
        from archive: ImageArchive,
        policyJSON: [UInt8] = PromptPolicy.clinicalJSON,
        softwareVersion: String
    ) throws(PolicyError) {
        self.archive = archive
        policy = try PromptPolicy(json: policyJSON)
        self.policyJSON = policyJSON
        self.softwareVersion = softwareVersion
    }

    /// Makes the release; folder and tar file appear complete or not at all.
    ///
    /// - Parameters:
    ///   - request: what to release.
    ///   - note: takes lines of progress.
    /// - Returns: what is on the disk now.
    /// - Throws: `ReleaseError`; `.blocked` lists the images that may not leave.
    public func callAsFunction(
        _ request: Request,
        note: (String) -> Void = { _ in }
    ) throws -> Result {
        let staging = try ReleaseFolder(request.description.name, in: request.destination)
        defer { staging.removeStaging() }
        let choice = try choose(request)
        let images = ReleaseFacts.counted(choice.images.count)
        note("\(images) may leave; checking the archive")
        let head = try soundLogHead()
        let contents = ReleaseContents(
            request: request,
            choice: choice,
            reviewLogHead: head,
            source: self
        )
        try contents.write(to: staging) { note("wrote \($0) of \(images)") }
        let seal = try staging.seal()
        try staging.publish(at: contents.createdAt)
        return Result(
            folder: staging.folder,
            tar: staging.tar,
            imageCount: choice.images.count,
            leftOutCount: choice.blocked.count,
            seal: seal
        )
    }

    /// Sorts the images of a query into those that may leave and those that may not.
    ///
    /// - Throws: `ReleaseError`; also where some may not leave and the request does not leave them out.
    func choose(_ request: Request) throws -> Choice {
        guard request.query.kind != .real else { throw ReleaseError.realImages }
        var query = request.query
        query.outcome = .done
        query.removal = .excluded
        let records = try archive.images(query).reversed().filter { $0.kind != .real }
        guard !records.isEmpty else {
            throw ReleaseError.noImages(query: request.query.description)
        }
        let gate = ReleaseGate(archive: archive, policy: policy)
        var choice = Choice()
        for record in records {
            let obstacles = try gate.obstacles(to: record)
            if obstacles.isEmpty {
                choice.images.append(record)
            } else {
                choice.blocked.append(BlockedImage(record: record, obstacles: obstacles))
            }
        }
        guard choice.blocked.isEmpty || request.leavesOut && !choice.images.isEmpty else {
            throw ReleaseError.blocked(choice.blocked, imageCount: records.count)
        }
        return choice
    }

    /// The head of the review log of an archive in which nothing was changed.
    private func soundLogHead() throws -> String {
        let found = try archive.verify()
        guard let first = found.problems.first else { return found.reviewLogHead }
        throw ReleaseError.unsoundArchive(
            problemCount: found.problems.count,
            first: "\(first.subject): \(first.finding)"
        )
    }

    /// The images of a request, the oldest first.
    struct Choice {
        var images: [ImageRecord] = []
        var blocked: [BlockedImage] = []
    }
}
