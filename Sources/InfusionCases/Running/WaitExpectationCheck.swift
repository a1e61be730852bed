import Infusion
import InfusionApplication
import InfusionProjections
import YAMLReader

/// Holds what the calendar and the wait list show against what they must.
struct WaitExpectationCheck {
    typealias Failure = (place: YAMLValue, message: String)

    let clinic: CaseClinic
    let cast: CaseCast

    func failures(of expected: Expectations) async throws -> [Failure] {
        try await calendar(expected) + (try await waitlist(expected))
            + (try await fits(expected))
    }

    private func calendar(_ expected: Expectations) async throws -> [Failure] {
        var failures: [Failure] = []
        for (date, wanted, place) in expected.calendar {
            let entries = try await clinic.calendar(of: date)
            let names = entries.map { cast.name(of: $0.appointment, of: $0.patient) }
            guard names == wanted.map(\.visit) else {
                let came = zip(names, entries).map { "\($0) \($1.statusText)" }
                failures.append((place, expectedList(wanted.map(\.visit), came)))
                continue
            }
            for (wanted, entry) in zip(wanted, entries) {
                for message in wanted.differences(from: entry, by: clinic.local) {
                    failures.append((place, "\(wanted.visit): \(message)"))
                }
            }
        }
        return failures
    }

    private func waitlist(_ expected: Expectations) async throws -> [Failure] {
        guard let (wanted, place) = expected.waitlist else { return [] }
        let rows = try await clinic.waitlist()
        let names = rows.map { cast.name(of: $0.patient) }
        guard names == wanted.map(\.patient) else {
            let came = zip(names, rows).map { "\($0) \($1.status.rawValue)" }
            return [(place, expectedList(wanted.map(\.patient), came))]
        }
        return zip(wanted, rows).flatMap { wanted, row in
            wanted.differences(
                from: row, order: cast.name(of: row.order, of: row.patient), by: clinic.local
            ).map { (place, "\(wanted.patient): \($0)") }
        }
    }

    private func fits(_ expected: Expectations) async throws -> [Failure] {
        var failures: [Failure] = []
        for (name, patient, word, place) in expected.fits {
            guard let visit = cast.visit(named: name) else {
                failures.append((place, "there is no such visit"))
                continue
            }
            let came = try await self.came(patient, for: visit)
            if came != word { failures.append((place, "expected \(word); came \(came)")) }
        }
        return failures
    }

    private func came(
        _ patient: String, for visit: AppointmentID
    ) async throws(ApplicationError) -> String {
        let candidates: [WaitlistCandidate]
        do throws(ApplicationError) {
            candidates = try await clinic.candidates(for: visit)
        } catch {
            guard case .notFound = error else { throw error }
            return "no time that the visit gave back"
        }
        return candidates.first { cast.name(of: $0.row.patient) == patient }?.candidacy.text
            ?? "nobody of that name on the list"
    }

    private func expectedList(_ wanted: [String], _ came: [String]) -> String {
        func text(_ list: [String]) -> String {
            list.isEmpty ? "none" : list.joined(separator: ", ")
        }
        return "expected \(text(wanted)); came \(text(came))"
    }
}

extension CalendarEntry {
    /// FHIR's word, or that the hold has run out, whether or not the log was told.
    fileprivate var statusText: String { isExpired ? "expired" : status.rawValue }
}

extension CalendarRowExpectation {
    fileprivate func differences(
        from entry: CalendarEntry, by local: (Instant) -> String
    ) -> [String] {
        [
            difference("status", status, entry.statusText, \.self),
            difference("chair", chair, entry.slot.chair.name, \.self),
            difference("at", start, entry.slot.start, local),
            difference("minutes", minutes, entry.minutes, \.description),
            difference("until", until, entry.heldUntil, local),
        ].compactMap(\.self)
    }
}

extension WaitlistRowExpectation {
    fileprivate func differences(
        from row: WaitlistRow, order name: String?, by local: (Instant) -> String
    ) -> [String] {
        [
            difference("order", order, name, \.self),
            difference("urgency", urgency, row.urgency, \.rawValue),
            difference("due", due, row.due, \.description),
            difference("status", status, row.status.rawValue, \.self),
            difference("until", until, row.offer?.until, local),
        ].compactMap(\.self)
    }
}

extension WaitlistCandidacy {
    /// In a word, and what is in the way.
    fileprivate var text: String {
        switch self {
        case .fits, .offeredBefore, .offered: name
        case .unsuitable(let misfit): "\(name) \(misfit.rawValue)"
        case .refused(let refusal): "\(name) \(refusal.code)"
        case .full(let limit): "\(name) \(limit.rawValue)"
        case .gatesShut(let gates):
            ([name] + gates.map(\.rawValue)).joined(separator: " ")
        }
    }
}
