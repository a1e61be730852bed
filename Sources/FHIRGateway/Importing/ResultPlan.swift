import Infusion

/// What is to be done about the results of one patient's file, seen what is known here. Nothing is done yet.
struct ResultPlan: Sendable {
    enum Step: Sendable {
        case record(LabResult)
        case correct(LabCorrected)
        case retract(LabRetracted)
        case settle(Disposition, ImportNote? = nil)
    }

    /// In the order of the file's rows.
    let steps: [(step: Step, locations: [RowLocation])]

    init(_ rows: [Located<ImportedResult>], of patient: PatientID, known: PatientState) {
        let shelf = Shelf(known, patient: patient)
        steps = Said.grouping(rows) { $0.source }.map { said in
            guard let result = said.value else {
                return (.settle(.quarantined(reason: "ambiguous")), said.locations)
            }
            return (shelf.step(for: result), said.locations)
        }
    }

    /// The results known here, to be found by what their source calls them.
    private struct Shelf {
        private struct Name: Hashable {
            let source: SourceIdentifier
            let analyte: Analyte
        }
        private static let differs = Step.settle(.quarantined(reason: "differs"))

        private let state: PatientState
        private let patient: PatientID
        private let byName: [Name: LabRecord]

        init(_ state: PatientState, patient: PatientID) {
            self.state = state
            self.patient = patient
            // One result may have come by another way under the same name, and so with another id.
            byName = Dictionary(
                state.labs.compactMap { lab in
                    lab.source.map { (Name(source: $0, analyte: lab.analyte), lab) }
                }, uniquingKeysWith: { first, _ in first })
        }

        func step(for result: ImportedResult) -> Step {
            let id = result.id(within: patient)
            let name = Name(source: result.source, analyte: result.analyte)
            let known = state.lab(id) ?? byName[name]
            switch result.word {
            case .stated(let value, let status, let collectedAt):
                guard let known else {
                    return .record(
                        LabResult(
                            id: id, analyte: result.analyte, value: value, collectedAt: collectedAt,
                            status: status, referenceLow: nil, source: result.source))
                }
                let correction = LabCorrected(
                    result: known.id, value: value, status: status, collectedAt: collectedAt)
                return step(for: result, saying: correction, of: known)
            case .retracted(let status):
                guard let known else { return .settle(status.ofNothing) }
                guard known.retraction == nil else { return .settle(.duplicate) }
                guard result.isIdentified, known.analyte == result.analyte else {
                    return Self.differs
                }
                return .retract(LabRetracted(result: known.id, reason: status.reason))
            }
        }

        /// What was said once and replaced since is an old file read again: it must not undo the
        /// correction, or two files read in turn would correct each other for ever.
        private func step(
            for result: ImportedResult, saying correction: LabCorrected, of known: LabRecord
        ) -> Step {
            guard known.analyte == result.analyte else { return Self.differs }
            if correction.repeats(known.current), known.retraction == nil {
                return .settle(.duplicate)
            }
            if known.chain.contains(where: correction.repeats) {
                return .settle(.duplicate, .valueSuperseded)
            }
            let unsaysDecided =
                correction.status == .preliminary && known.current.status != .preliminary
            guard result.isIdentified, known.retraction == nil, !unsaysDecided else {
                return Self.differs
            }
            return .correct(correction)
        }
    }
}

extension LabCorrected {
    fileprivate func repeats(_ statement: LabRecord.Statement) -> Bool {
        statement.value == value && statement.status == status
            && statement.collectedAt == collectedAt
    }
}
