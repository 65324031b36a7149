public import Archive
public import ArgumentParser
public import Workflows

extension ExportImages.Format: ExpressibleByArgument {}
extension ImageQuery.Removal: ExpressibleByArgument {}
extension ImageRecord.Kind: ExpressibleByArgument {}
extension ImageRecord.Outcome: ExpressibleByArgument {}
extension ReviewRule.Agreement: ExpressibleByArgument {}
extension ReviewState: ExpressibleByArgument {}
extension Reviewer.Role: ExpressibleByArgument {}
extension Vote.Decision: ExpressibleByArgument {}
extension Vote.Reason: ExpressibleByArgument {}

extension Timestamp: ExpressibleByArgument {
    /// Reads a time or a day.
    public init?(argument: String) { self.init(argument) }
}
