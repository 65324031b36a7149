extension Provenance {
    /// The XMP packet (ISO 16684-1) for programs that know nothing of Skiagraph.
    ///
    /// It states the IPTC digital source type, the prompt as description, and the software.
    public var xmpPacket: String {
        """
        <?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>
        <x:xmpmeta xmlns:x="adobe:ns:meta/">
         <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
          <rdf:Description rdf:about=""
            xmlns:dc="http://purl.org/dc/elements/1.1/"
            xmlns:xmp="http://ns.adobe.com/xap/1.0/"
            xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">
           <Iptc4xmpExt:DigitalSourceType>\(digitalSourceType.uri)</Iptc4xmpExt:DigitalSourceType>
           <xmp:CreatorTool>\(escaped("Skiagraph \(softwareVersion)"))</xmp:CreatorTool>
           <dc:description>
            <rdf:Alt><rdf:li xml:lang="x-default">\(escaped(prompt))</rdf:li></rdf:Alt>
           </dc:description>
          </rdf:Description>
         </rdf:RDF>
        </x:xmpmeta>
        <?xpacket end="r"?>
        """
    }

    /// Text as XML 1.0 allows it: markup escaped, control characters and noncharacters removed.
    private func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\t", "\n": escaped.unicodeScalars.append(scalar)
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": continue
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
