/// What an enhanced multi-frame object says of one frame (PS3.3 C.7.6.16).
struct FunctionalGroups {
    private let perFrame: Item?
    private let shared: Item?

    init(_ item: Item, frame: Int) {
        perFrame = item.child(.perFrameFunctionalGroupsSequence, frame)
        shared = item.child(.sharedFunctionalGroupsSequence)
    }

    /// The item of a functional group: the frame's own, else the one that all share.
    func group(_ tag: DICOMTag) -> Item? { perFrame?.child(tag) ?? shared?.child(tag) }
}
