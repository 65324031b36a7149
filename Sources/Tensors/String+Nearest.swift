extension String {
    /// The candidate that the fewest edits turn this text into, if they are few enough to be a slip.
    package func nearest(in candidates: [String]) -> String? {
        let text = Array(utf8)
        var best: (candidate: String, distance: Int)?
        for candidate in candidates {
            let limit = Swift.min(best?.distance ?? .max, text.count / 3 + 1)
            let distance = editDistance(text, Array(candidate.utf8), below: limit)
            if let distance { best = (candidate, distance) }
        }
        return best?.candidate
    }
}

/// Insertions, deletions and replacements that lead from one text to the other; nil from `limit` on.
private func editDistance(_ first: [UInt8], _ second: [UInt8], below limit: Int) -> Int? {
    guard (first.count - second.count).magnitude < limit else { return nil }
    var row = Array(0...second.count)
    for (index, byte) in first.enumerated() {
        var diagonal = row[0]
        row[0] = index + 1
        for column in 1..<row.count {
            let replaced = diagonal + (byte == second[column - 1] ? 0 : 1)
            diagonal = row[column]
            row[column] = min(replaced, row[column] + 1, row[column - 1] + 1)
        }
        guard row.contains(where: { $0 < limit }) else { return nil }
    }
    return row.last.flatMap { $0 < limit ? $0 : nil }
}
