public import Foundation

/// An identifier that cannot be mistaken for one of another kind. Always an input: the domain makes none.
public struct Identifier<Subject>: Hashable, Sendable, CustomStringConvertible {
    public let uuid: UUID
    public init(_ uuid: UUID) { self.uuid = uuid }
    /// `nil` if `text` is not a UUID.
    public init?(_ text: String) {
        guard let uuid = UUID(uuidString: text) else { return nil }
        self.uuid = uuid
    }
    public var description: String { uuid.lowercased }
}

/// What the identifiers below identify; never instantiated.
public enum Subjects {
    public enum Patient {}
    public enum Order {}
    public enum Appointment {}
    public enum Dose {}
    public enum LabResult {}
    public enum Reaction {}
    public enum Override {}
    public enum Transfusion {}
}

public typealias PatientID = Identifier<Subjects.Patient>
public typealias OrderID = Identifier<Subjects.Order>
public typealias AppointmentID = Identifier<Subjects.Appointment>
public typealias DoseID = Identifier<Subjects.Dose>
public typealias LabResultID = Identifier<Subjects.LabResult>
public typealias ReactionID = Identifier<Subjects.Reaction>
public typealias OverrideID = Identifier<Subjects.Override>
public typealias TransfusionID = Identifier<Subjects.Transfusion>

/// The name of a site of the clinic, unique within its tenant: 1 to 64 of `a-z`, `0-9`, `-`.
public struct SiteID: Hashable, Sendable, CustomStringConvertible {
    public let name: String
    public init(_ name: String) { self.name = name }
    public var description: String { name }
}

/// A bookable chair of a site, by the site's own name for it.
public struct ChairID: Hashable, Sendable, CustomStringConvertible {
    public let name: String
    public init(_ name: String) { self.name = name }
    public var description: String { name }
}

/// The place of an event in its patient's stream, dense from 1: how one event refers to another.
public struct EventVersion: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let value: Int64
    public init(_ value: Int64) { self.value = value }
    public static let none = EventVersion(0)
    public static func < (left: EventVersion, right: EventVersion) -> Bool {
        left.value < right.value
    }
    public var next: EventVersion { EventVersion(value + 1) }
    public var description: String { String(value) }
}
