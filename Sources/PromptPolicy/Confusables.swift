/// Letters of other scripts that look like Latin ones.
///
/// Those of Unicode Technical Standard 39 that occur on common keyboards, and the styled capitals that compatibility
/// decomposition leaves alone.
enum Confusables {
    /// The Latin small letter that a small letter or sign looks like.
    static func letter(for scalar: Unicode.Scalar) -> String? {
        if let letter = table[scalar] { return letter }
        // Negative circled and negative squared capitals.
        for first: UInt32 in [0x1F150, 0x1F170] where (first..<first + 26).contains(scalar.value) {
            return Unicode.Scalar(0x61 + scalar.value - first).map { String(Character($0)) }
        }
        return nil
    }

    private static let table: [Unicode.Scalar: String] = Dictionary(
        uniqueKeysWithValues: zip(look.unicodeScalars, latin.map(String.init))
    )

    // Cyrillic; Greek; small capitals and phonetic letters; letters with strokes.
    private static let look =
        "авеікмнорстухѕјԁԛԝһ" + "αβγεικνορτυχωη" + "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢɑɡı" + "øłđħ"
    private static let latin =
        "abeikmhopctyxsjdqwh" + "abyeiknoptuxwn" + "abcdefghijklmnoprstuvwyzagi" + "oldh"
}
