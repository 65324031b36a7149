import Tensors

/// Settles threads, memory and waiting of the compute engine, before it is used.
///
/// The program may start itself once more, so nothing may have happened before.
public func prepareProcess() {
    Engine.prepare()
}
