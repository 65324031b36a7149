/// A prompt was refused.
public struct PromptRefusal: Error {}
