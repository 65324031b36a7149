internal import CTorch

/// What ATen's operators take.
package protocol OperatorArgument {
    /// Adds the value to the arguments of the thread's next operator call.
    func push()
}

extension Tensor: OperatorArgument {
    package func push() { withHandle { ct_push_tensor($0) } }
}

extension Int: OperatorArgument {
    package func push() { ct_push_int(Int64(self)) }
}

extension Double: OperatorArgument {
    package func push() { ct_push_double(self) }
}

extension Bool: OperatorArgument {
    package func push() { ct_push_bool(self) }
}

extension String: OperatorArgument {
    package func push() { ct_push_string(self) }
}

extension DType: OperatorArgument {
    package func push() { ct_push_int(Int64(rawValue)) }
}

extension Device: OperatorArgument {
    package func push() { ct_push_device(type, index) }
}

extension Generator: OperatorArgument {
    package func push() { withHandle { ct_push_generator($0) } }
}

extension MemoryFormat: OperatorArgument {
    package func push() { ct_push_int(rawValue) }
}

extension Array: OperatorArgument where Element: OperatorArgument {
    package func push() {
        // By the type, not by a cast of the value: any empty array casts to any other.
        if Element.self == Tensor.self, let tensors = self as? [Tensor] {
            let handles = tensors.map(\.handle)
            withExtendedLifetime(tensors) { ct_push_tensors(handles, Int64(handles.count)) }
        } else if Element.self == Int.self, let integers = self as? [Int] {
            ct_push_ints(integers.map(Int64.init), Int64(integers.count))
        } else {
            preconditionFailure("no ATen operator takes a list of \(Element.self)")
        }
    }
}

extension Optional: OperatorArgument where Wrapped: OperatorArgument {
    package func push() {
        if let self { self.push() } else { ct_push_none() }
    }
}

/// Calls the ATen operator `name` ("aten::add.Tensor"); arguments left out at the end take its defaults.
///
/// The first result is returned; a failure goes to the error scope and gives a placeholder.
package func aten(_ name: StaticString, _ arguments: any OperatorArgument...) -> Tensor {
    guard call(name, arguments) > 0, let handle = ct_result_tensor(0) else {
        ErrorScope.record()
        return Tensor(handle: nil)
    }
    return Tensor(handle: handle)
}

/// Calls an operator for its effect on its arguments.
package func atenInPlace(_ name: StaticString, _ arguments: any OperatorArgument...) {
    if call(name, arguments) < 0 { ErrorScope.record() }
}

/// Calls an operator that returns several tensors, in one list or one by one.
package func atenList(_ name: StaticString, _ arguments: any OperatorArgument...) -> [Tensor] {
    let count = call(name, arguments)
    guard count > 0 else {
        ErrorScope.record()
        return []
    }
    let listed = ct_result_list_count(0)
    return (0..<max(count, listed)).map { index in
        let handle = listed < 0 ? ct_result_tensor(index) : ct_result_list_tensor(0, index)
        if handle == nil { ErrorScope.record() }
        return Tensor(handle: handle)
    }
}

private func call(_ name: StaticString, _ arguments: [any OperatorArgument]) -> Int64 {
    for argument in arguments { argument.push() }
    return name.withUTF8Buffer { utf8 in
        utf8.withMemoryRebound(to: CChar.self) { ct_call($0.baseAddress) }
    }
}
