import Hummingbird

/// What a middleware hands a request on to.
///
/// The protocol was compiled with functions that leave their caller's actor, which newer compilers
/// want said.
#if compiler(>=6.2)
typealias Next = @concurrent (Request, ReaderContext) async throws -> Response
#else
typealias Next = (Request, ReaderContext) async throws -> Response
#endif
