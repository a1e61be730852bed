import ChairPlanning
import Faults
import InfusionWire

extension Field where Value == PlannedVisit {
    static let visit = object { (reader) throws(FieldProblems) in
        let told = try allRead(
            reading(try reader.required("id", .planName)),
            reading(try reader.required("patient", .planName)),
            reading(try reader.required("urgency", .urgency)),
            reading(
                try reader.required("phases", .array(of: .phase, count: PlanningLimits.phases))),
            reading(try reader.required("turnover", .planned(PlanningLimits.turnoverMinutes))),
            reading(try reader.optional("needs", .tags)),
            reading(try reader.optional("uses", .uses)),
            reading(try VisitTiming(from: &reader)))
        return PlannedVisit(
            id: told.0, patient: told.1, urgency: told.2, phases: told.3,
            turnoverMinutes: told.4, needs: told.5 ?? [], timing: told.7, uses: told.6)
    }
}

extension Field where Value == VisitUrgency {
    fileprivate static let urgency = planned(
        text: VisitUrgency.allCases.map(\.rawValue).joined(separator: ", ")
    ) { VisitUrgency(rawValue: $0) }
}

extension Field where Value == VisitPhase {
    fileprivate static let phase = object { (reader) throws(FieldProblems) in
        let (minutes, nurse) = try allRead(
            reading(try reader.required("minutes", .planned(PlanningLimits.phaseMinutes))),
            reading(try reader.optional("nurse", .planFlag)))
        return VisitPhase(minutes: minutes, needsNurse: nurse ?? false)
    }
}

extension Field where Value == ProductUse {
    fileprivate static let uses = object { (reader) throws(FieldProblems) in
        let (product, units) = try allRead(
            reading(try reader.required("product", .planName)),
            reading(try reader.required("units", .planned(PlanningLimits.stockUnits))))
        return ProductUse(product: product, units: units)
    }
}

extension VisitTiming {
    /// Among the members of its visit.
    fileprivate init(from reader: inout ObjectReader) throws(FieldProblems) {
        let (window, promised, started) = try allRead(
            reading(try reader.optional("window", .window)),
            reading(try reader.optional("promised", .promised)),
            reading(try reader.optional("started", .started)))
        let timings = [window, promised, started].compactMap(\.self)
        guard let timing = timings.first, timings.count == 1 else {
            throw FieldProblems(
                reader.pointer, "has \(timings.count) timings",
                accepted: "one of window, promised, started")
        }
        self = timing
    }
}

extension Field where Value == VisitTiming {
    fileprivate static let window = object { (reader) throws(FieldProblems) in
        let (earliest, ready, latest) = try allRead(
            reading(try reader.required("earliest", .planMinute)),
            reading(try reader.optional("ready", .planMinute)),
            reading(try reader.required("latest", .planMinute)))
        return .requested(earliest: earliest, ready: ready ?? earliest, latest: latest)
    }

    fileprivate static let promised = object { (reader) throws(FieldProblems) in
        let (start, earlier, later) = try allRead(
            reading(try reader.required("start", .planMinute)),
            reading(try reader.optional("earlier", .planMinute)),
            reading(try reader.optional("later", .planMinute)))
        return .promised(start: start, earlier: earlier ?? 0, later: later ?? 0)
    }

    fileprivate static let started = object { (reader) throws(FieldProblems) in
        let (start, chair) = try allRead(
            reading(try reader.required("start", .planMinute)),
            reading(try reader.required("chair", .planName)))
        return .started(start: start, chair: chair)
    }
}
