import ArgumentParser
import EventStore
import Foundation
import Infusion
import InfusionProjections
import InfusionWire
import PostgresEventStore

/// How arguments are read. What cannot be read is refused before anything is opened, with the verb's
/// usage.
enum Arguments {
    static func date(_ text: String) throws -> CalendarDate {
        guard let date = CalendarDate(text) else { throw ValidationError("write YYYY-MM-DD") }
        return date
    }

    static func instant(_ text: String) throws -> Timestamp {
        guard let instant = Timestamp(text: text) else {
            throw ValidationError("write \(Timestamp.accepted)")
        }
        return instant
    }

    static func position(_ text: String) throws -> Position {
        guard let value = Int64(text), value >= 0 else {
            throw ValidationError("a position is a whole number, zero or more")
        }
        return Position(value)
    }

    static func patient(_ text: String) throws -> PatientID {
        guard let id = PatientID(text) else { throw ValidationError("a patient id is a UUID") }
        return id
    }

    static func order(_ text: String) throws -> OrderID {
        guard let id = OrderID(text) else { throw ValidationError("an order's id is a UUID") }
        return id
    }

    static func appointment(_ text: String) throws -> AppointmentID {
        guard let id = AppointmentID(text) else {
            throw ValidationError("an appointment's id is a UUID")
        }
        return id
    }

    static func row(_ text: String) throws -> RecheckReference {
        guard let row = RecheckReference(text) else {
            throw ValidationError(
                "a row's id is a patient's UUID, a point and a recheck: <UUID>.R3-17")
        }
        return row
    }

    static func milligrams(_ text: String) throws -> Milligrams {
        let most = InfusionLimits.askedMilligrams
        guard let value = Decimal(string: text, locale: nil), value > 0, value <= most else {
            throw ValidationError("milligrams, more than 0 and at most \(most)")
        }
        return Milligrams(value)
    }

    static func visitMinutes(_ text: String) throws -> Int {
        let accepted = InfusionLimits.appointmentMinutes
        guard let minutes = Int(text), accepted.contains(Int64(minutes)) else {
            throw ValidationError(
                "whole minutes, \(accepted.lowerBound) to \(accepted.upperBound)")
        }
        return minutes
    }

    static func units(_ text: String) throws -> Int {
        let accepted = InfusionLimits.transfusionUnits
        guard let units = Int(text), accepted.contains(units) else {
            throw ValidationError("\(accepted.lowerBound) to \(accepted.upperBound) units")
        }
        return units
    }

    static func clockSpan(_ text: String) throws -> ClockSpan {
        guard let span = ClockSpan(text) else {
            throw ValidationError("two times on the wall clock, as 08:00-12:30")
        }
        return span
    }

    static func openings(_ text: String) throws -> Int {
        let accepted = InfusionLimits.openings
        guard let count = Int(text), accepted.contains(count) else {
            throw ValidationError("\(accepted.lowerBound) to \(accepted.upperBound)")
        }
        return count
    }

    static func tenantName(_ text: String) throws -> TenantName {
        guard let name = TenantName(text) else {
            throw ValidationError(
                "a lower-case letter, then 1 to 62 lower-case letters, digits or hyphens")
        }
        return name
    }

    static func tenantID(_ text: String) throws -> TenantID {
        guard let id = TenantID(text) else { throw ValidationError("a tenant's id is a UUID") }
        return id
    }

    static func pageLimit(_ text: String) throws -> Int {
        guard let limit = Int(text), (1...QueryLimits.pageMaximum).contains(limit) else {
            throw ValidationError("a page has 1 to \(QueryLimits.pageMaximum) rows")
        }
        return limit
    }

    /// A projection that runs behind the log: only those park anybody.
    static func asynchronous(_ text: String) throws -> ProjectionName {
        let accepted = ProjectionName.allCases.filter { !$0.isInline }
        guard let name = accepted.first(where: { $0.rawValue == text }) else {
            throw ValidationError(
                "one of " + accepted.map(\.rawValue).joined(separator: ", ")
                    + "; the others move with the log and park nobody")
        }
        return name
    }

    static func actor(_ text: String) throws -> String {
        let isName =
            (1...EventLogLimits.nameBytes).contains(text.utf8.count)
            && text.unicodeScalars.allSatisfy { !$0.properties.isWhitespace && $0.value >= 0x20 }
        guard isName else {
            throw ValidationError(
                "1 to \(EventLogLimits.nameBytes) bytes without white space")
        }
        return text
    }

    /// One of an enumeration's names.
    static func name<Value: RawRepresentable<String> & CaseIterable>(
        _ text: String
    ) throws -> Value {
        guard let value = Value(rawValue: text) else {
            throw ValidationError(
                "one of " + Value.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return value
    }
}
