import Infusion
import InfusionJournal
import Testing

@Suite("Event catalogue")
struct CatalogueTests {
    @Test(arguments: EventType.allCases)
    func `every type is in the catalogue, with its golden example and all its fields`(
        type: EventType
    ) throws {
        try expectDocumented(
            type.name, type.payloadVersion, variants: try GoldenFiles.names())
    }

    @Test(arguments: AdministrationEventType.allCases)
    func `so is every type of the administration stream`(type: AdministrationEventType) throws {
        try expectDocumented(
            type.name, type.payloadVersion, folder: "administration/",
            variants: ["\(type.name).v\(type.payloadVersion)"])
    }

    @Test(arguments: SiteEventType.allCases)
    func `and every type of a site's stream`(type: SiteEventType) throws {
        try expectDocumented(
            type.name, type.payloadVersion, folder: "site/",
            variants: GoldenSites.all.keys.map { String($0.dropFirst("site/".count)) })
    }

    private func expectDocumented(
        _ type: String, _ version: Int16, folder: String = "", variants: [String]
    ) throws {
        let section = try #require(
            try Catalogue.section(type, version: version), "\(type) has no section")
        let name = "\(type).v\(version)"
        let golden = try GoldenFiles.bytes(folder + name)
        #expect(section.contains("```json\n\(String(decoding: golden, as: UTF8.self))\n```"))

        let catalogue = try Catalogue.text()
        for variant in variants where variant == name || variant.hasPrefix(name + "-") {
            let tree = try JSONTree(JSONReader().read(GoldenFiles.bytes(folder + variant)))
            for (path, key) in keys(of: tree, depth: 0) {
                let text = path == 0 ? section : catalogue
                #expect(text.contains("`\(key)`"), "\(key) of \(variant) is not documented")
            }
        }
    }

    private func keys(of tree: JSONTree, depth: Int) -> [(depth: Int, key: String)] {
        switch tree {
        case .null, .bool, .number, .string: []
        case .array(let elements): elements.flatMap { keys(of: $0, depth: depth + 1) }
        case .object(let members):
            members.flatMap { [(depth, $0.key)] + keys(of: $0.value, depth: depth + 1) }
        }
    }
}
