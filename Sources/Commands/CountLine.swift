/// One line of a terminal that counts what is done; elsewhere it is silent.
struct CountLine {
    private let noun: String
    private let context = CommandContext.process

    /// Counts things of this name.
    init(_ noun: String) {
        self.noun = noun
    }

    /// Shows that so many of all are done.
    func show(_ count: Int, _ total: Int) {
        guard let width = context.terminalWidth else { return }
        let text = "\(noun) \(min(count + 1, total)) of \(total)"
        context.errors.write("\r\(text.prefix(max(0, width - 1)))\u{1B}[K")
    }

    /// Takes the line away.
    func clear() {
        guard context.terminalWidth != nil else { return }
        context.errors.write("\r\u{1B}[K")
    }
}
