import Foundation
import InfusionWire

/// Keys made for these tests; they open nothing.
enum TestKeys {
    /// Signs links to calendars.
    static func calendar(_ first: UInt8 = 1) throws -> CalendarLinkKeys {
        let key = Data((0..<32).map { first &+ $0 }).base64EncodedString()
        return try CalendarLinkKeys(file: Array("# a key\n\(key)\n".utf8))
    }

    static let rsa = """
        -----BEGIN PRIVATE KEY-----
        MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQDM0QCGnRhoS7HN
        8sbWIcUttRl/F7/j2g4nD8DEd9x/ITwYFV0nHDokPZ/tSkQ7iGyvAwy+0Ujkh0X7
        6dF7IK6hqIi1jx0AtPjw2w1Ceo/aV7RzOlOODU3WBH4RQU0ka2sUXJlkp5pF0v8u
        3iYdNSQktoVskH2IY0XM1X/+jnQJG5MdiDte70zfkxG6FUSomm0slJQ8BESV56BR
        yTznG8Aw1HrW5ihqPnsB7zxYdqFkvnusRdJqZgXyAgfESmyzRaD53ngv9Pj9/cJz
        9NfkrC1xqGGU6iGsMuAF5oeSDsLtcyejlppmSyiqIVl67UDxEZDn7kOstwhFUVyN
        SPf/cOdBAgMBAAECggEAGKJowEgj1+OG0sEJFldAepNmKimmnFatThhwdJEAFdBf
        BHyJVDtqaNJ6qlU86LYrcE9bGJZegJIeokKIvhj7uBjnvIKml9+sc3e9XAoWxEm5
        PAS/aP4DpyKqMRQcHa3H1s6eaoNYJF7Q74erqOar3riPSrQETUO3cQAa4Xirzy5p
        PBdc+dGA4qgE2YNCHKi89Of3iGVmVi5Uqeob556+ndBdAKuBVe02uFy6k96TGDTa
        aTjNA3DbCMKxJJ3ZGla4W2IbYRukoD2gF1ppslYsPXAoNtooVuGOClKBiwaSN2Qn
        aEzCXd4SGdO0LVgxkkpzlUT2eV/bhIfCnmLBnNjxYQKBgQDvRSBe0f/pFIlEp435
        eI2vg8YivcRT2zO+5qorT0+Do3tvLXIG4grF9pWEAKPOYtPfI5adIbiugs8rxz5C
        6VuHB9JxT5fkC2jhSUE3MxliOOEz7kbmPHwHBzN8feFOX/+P6M3RcpXJLBVNQlmf
        2qI73Qsgx27B/cBmkaHwnp46SQKBgQDbIyojBQ1PjgRgkM/TuUUd/2zRxpQIMPp9
        l6eboQhcKqafco0OkVOP+CiAzd9cjgH5j9a1clEft18YnO6eRxYqkgN+PRnYyacB
        1uDd1vmUwRZeWZLoAG9qwXZll1k1zuWcGWq55RA6fPcmDg1fPbLnmqUtsxQOFOzy
        eIOten6FOQKBgQCtajGC57sNqFewzavFss0l92DETzua91Vyt+V/zFS5+OP+eTaa
        rHvYbNaCvJ/8dn5OzJFdw1ICEUar2RVUE6PFozKv81sH6gkStzAwHLX6DXWTWNBE
        EHRn950mTmncjxE/sSBy/BR5oJyzyTIB/Mj2kEd/c2vf59TpwgVXyu6tGQKBgQCN
        I27mM0DJdmy3TU2tzewIUBTkX4PEatdKwLyA7gyWYBoFJCBZu5wYY/qiSvaLhCMd
        e1kMcF5zkQU8swa1Bo/uRzDcw7m7+NUJyD34Y5dICbzAc+y8ZFteZNA+ymX41BLq
        oSwuIqx7HzWHWxGdv/1UUjQE5QwLrcqWuKwGtZh7cQKBgHEnHd8IRvgHyUwhVU0o
        4hXiLQlfoANUUc9/LQLUwENKZodNO4XXGLBWmFW/ausw8oU0Afb1kmHbfjxMJw+0
        PXdzJgtFunE8uOo/AOCv6pT9qXf1Y1A3M4kq1h/Y15VU2f/aiqDzti0QHtNF69ag
        Q/2rtZw2XG7VGtZuoH5bb4uJ
        -----END PRIVATE KEY-----
        """
}
