extension AutoencoderKL {
    /// Attention layers were named otherwise when most published autoencoders were saved.
    static func formerNames(of name: String) -> [String] {
        let renamed = [
            ".to_q.": ".query.", ".to_k.": ".key.", ".to_v.": ".value.",
            ".to_out.0.": ".proj_attn.",
        ]
        guard name.contains(".attentions."),
            let (new, old) = renamed.first(where: { name.contains($0.key) })
        else { return [] }
        return [name.replacing(new, with: old)]
    }
}

extension CLIPTextModel {
    /// transformers 5 saves the names without their common prefix.
    static func formerNames(of name: String) -> [String] {
        [String(name.trimmingPrefix("text_model."))]
    }

    /// Older versions of transformers saved the numbers 0, 1, 2, … beside the weights.
    static func ignores(_ key: String) -> Bool { key.hasSuffix("embeddings.position_ids") }
}
