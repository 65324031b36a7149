import Evaluation
import Tensors
import Testing

struct NearestNeighborsTests {
    private let queries = Tensor([1, 2, 3, -1, 0, 2], [2, 3])
    private let references = Tensor([1, 2, 2, 0, 0, 2, 2, 4, 6.5, -1, 0.5, 2], [4, 3])

    /// `d = scipy.spatial.distance.cdist(queries, references) / sqrt(3)`, `d.argmin(1)`, `d.min(1)`.
    @Test(arguments: [1, 3, 4, 100])
    func `root mean squares equal scipy's in chunks of any size`(chunkSize: Int) throws {
        let found = try NearestNeighbors(
            rootMeanSquare: queries,
            among: references,
            chunkSize: chunkSize
        )
        #expect(found.indices == [0, 3])
        #expect(abs(found.distances[0] - 0.5773502691896258) < 1e-6)
        #expect(abs(found.distances[1] - 0.2886751345948129) < 1e-6)
    }

    /// `d = scipy.spatial.distance.cdist(queries, references, "cosine")`, `d.argmin(1)`, `d.min(1)`.
    @Test(arguments: [1, 3, 4, 100])
    func `cosine distances equal scipy's in chunks of any size`(chunkSize: Int) throws {
        let found = try NearestNeighbors(
            cosine: queries,
            among: references,
            chunkSize: chunkSize
        )
        #expect(found.indices == [2, 3])
        #expect(abs(found.distances[0] - 0.0007174116713651868) < 1e-6)
        #expect(abs(found.distances[1] - 0.024099927051466796) < 1e-6)
    }

    @Test func `of two findings the nearer counts for each query`() throws {
        let near = try NearestNeighbors(rootMeanSquare: queries, among: references)
        let turned = try NearestNeighbors(
            rootMeanSquare: Tensor([2, 4, 6, 9, 9, 9], [2, 3]),
            among: references
        )
        let nearer = near.nearer(turned)
        #expect(nearer.indices == [2, 3])
        #expect(nearer.distances == [turned.distances[0], near.distances[1]])
        #expect(turned.nearer(near) == nearer)
    }

    @Test func `rows of another width are an error`() {
        #expect(throws: TorchError.self) {
            try NearestNeighbors(cosine: queries, among: Tensor.zeros([2, 4]))
        }
    }
}
