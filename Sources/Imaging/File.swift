import Glibc

/// Whole files, read within limits and created atomically.
package enum File {
    /// Reads a regular file.
    ///
    /// - Throws: `ImagingError.file` or `.fileTooLarge`.
    package static func read(
        _ path: String,
        limits: DecodingLimits = DecodingLimits()
    ) throws(ImagingError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .file(path: path, action: .open, errorNumber: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw .file(path: path, action: .open, errorNumber: errno)
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            let isFolder = status.st_mode & S_IFMT == S_IFDIR
            throw .file(path: path, action: .open, errorNumber: isFolder ? EISDIR : EINVAL)
        }
        guard status.st_size <= limits.maximumByteCount else {
            throw .fileTooLarge(byteCount: Int(status.st_size), limits: limits)
        }
        return try read(count: Int(status.st_size), from: descriptor, path)
    }

    /// Creates a file that appears complete or not at all; an existing file is never replaced.
    ///
    /// The bytes go to a temporary file in the same folder, reach the disk, and get their name.
    /// - Throws: `ImagingError.fileExists`, `.diskFull` or `.file`; nothing is left behind.
    package static func create(_ path: String, _ bytes: [UInt8]) throws(ImagingError) {
        let suffix = String(UInt32.random(in: 0 ... .max), radix: 36)
        let temporary = "\(path).\(getpid()).\(suffix).tmp"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw failure(.create, path) }
        do throws(ImagingError) {
            defer { close(descriptor) }
            try write(bytes, to: descriptor, path)
            guard fsync(descriptor) == 0 else { throw failure(.write, path) }
            try name(temporary, path)
        } catch {
            unlink(temporary)
            throw error
        }
        synchronizeFolder(of: path)
    }

    /// Writes all bytes to an open file.
    package static func write(
        _ bytes: [UInt8],
        to descriptor: Int32,
        _ path: String
    ) throws(ImagingError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw failure(.write, path) }
            rest = rest.dropFirst(count)
        }
    }

    private static func read(
        count: Int,
        from descriptor: Int32,
        _ path: String
    ) throws(ImagingError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let found = bytes.withUnsafeMutableBytes {
                Glibc.read(descriptor, $0.baseAddress.map { $0 + filled }, count - filled)
            }
            if found < 0 && errno == EINTR { continue }
            guard found >= 0 else { throw .file(path: path, action: .read, errorNumber: errno) }
            if found == 0 { break }  // the file shrank meanwhile; the decoder will see
            filled += found
        }
        bytes.removeLast(count - filled)
        return bytes
    }

    /// Gives the temporary file its name, unless there is a file of that name.
    private static func name(_ temporary: String, _ path: String) throws(ImagingError) {
        if link(temporary, path) == 0 {
            unlink(temporary)
            return
        }
        // FAT and some network file systems have no hard links: reserve the name, then replace
        // the reservation.
        guard [EPERM, EOPNOTSUPP, ENOSYS].contains(errno) else { throw failure(.create, path) }
        let reservation = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard reservation >= 0 else { throw failure(.create, path) }
        close(reservation)
        guard rename(temporary, path) == 0 else {
            let error = failure(.create, path)
            unlink(path)
            throw error
        }
    }

    /// Makes the new name survive a power cut; a file system that cannot is no reason to fail.
    private static func synchronizeFolder(of path: String) {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    private static func failure(_ action: ImagingError.FileAction, _ path: String) -> ImagingError {
        switch errno {
        case EEXIST: .fileExists(path: path)
        case ENOSPC, EDQUOT: .diskFull(path: path)
        case let number: .file(path: path, action: action, errorNumber: number)
        }
    }
}
