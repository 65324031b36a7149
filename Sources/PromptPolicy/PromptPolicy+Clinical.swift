extension PromptPolicy {
    /// The built-in policy as JSON, to begin one's own with.
    public static var clinicalJSON: [UInt8] { PackageResources.clinical_json }

    /// The built-in policy.
    public static let clinical: PromptPolicy = {
        do throws(PolicyError) {
            return try PromptPolicy(json: clinicalJSON)
        } catch {
            preconditionFailure("clinical.json: \(error)")
        }
    }()
}
