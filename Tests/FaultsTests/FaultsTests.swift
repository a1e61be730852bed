import Faults
import Testing

/// What is wrong is told all at once, and not without end.
@Suite struct FaultsTests {
    private typealias Found = Faults<String>

    private func right<Value>(_ value: Value) -> Result<Value, Found> { .success(value) }
    private func wrong<Value>(_: Value.Type, _ faults: String...) -> Result<Value, Found> {
        .failure(Found(faults))
    }

    private func faults(_ read: () throws(Found) -> Void) -> Found? {
        do throws(Found) {
            try read()
            return nil
        } catch {
            return error
        }
    }

    @Test
    func `what all readings found comes back in order`() throws {
        let (number, text) = try allRead(right(1), right("one"))
        #expect(number == 1)
        #expect(text == "one")
    }

    @Test
    func `what is wrong with any of them is told of all`() {
        let found = faults { () throws(Found) in
            _ = try allRead(wrong(Int.self, "a", "b"), right("one"), wrong(Bool.self, "c"))
        }
        #expect(found == Found(["a", "b", "c"]))
    }

    @Test
    func `what two readings rest on is told once`() {
        let found = faults { () throws(Found) in
            _ = try allRead(wrong(Int.self, "a"), wrong(Int.self, "b", "a"))
        }
        #expect(found == Found(["a", "b"]))
    }

    @Test
    func `each element is read, whatever is wrong with those before it`() throws {
        func odd(_ number: Int) throws(Found) -> Int {
            guard number % 2 == 1 else { throw Found("\(number) is even") }
            return number
        }
        let read = try [1, 3].allRead(odd)
        #expect(read == [1, 3])
        let found = faults { () throws(Found) in _ = try [1, 2, 3, 4].allRead(odd) }
        #expect(found == Found(["2 is even", "4 is even"]))
    }

    @Test
    func `of more than are told the number is`() throws {
        let many = Found((0..<FaultLimits.told).map(String.init))
        #expect(many.untold == 0)
        let more = try #require(Found(joining: [many, Found(["x", "y"])]))
        #expect(more.all == many.all)
        #expect(more.untold == 2)
        #expect(more.description.hasSuffix("\n99\nand 2 more"))
        let most = try #require(Found(joining: [Found(["z"]), more]))
        #expect(most.untold == 3)
    }
}
