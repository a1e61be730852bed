import Infusion
import InfusionApplication

/// The patients of a case, each with what their names stand for.
final class CaseCast {
    /// Whom the case is about.
    let own: CasePerformer
    private let others: [(name: String, performer: CasePerformer)]
    /// Whom the last step was about.
    private var last: CasePerformer?

    init(_ clinic: CaseClinic, _ found: ClinicalCase) {
        own = CasePerformer(clinic, found.patient)
        others = found.others.map { ($0.name, CasePerformer(clinic, $0.patient)) }
    }

    /// The own one first.
    private var all: [CasePerformer] { [own] + others.map(\.performer) }

    func perform(_ step: CaseStep) async throws -> CaseOutcome {
        let performer = others.first { $0.name == step.patient }?.performer ?? own
        last = performer
        return try await performer.perform(step) { self.visit(named: $0) }
    }

    /// The visits that the last step was told of, since they no longer fit: name, reason and gates.
    var unfit: [String] {
        (last?.unfit ?? []).map { visit in
            let name = all.lazy.compactMap { $0.name(of: visit.appointment) }.first ?? "?"
            return ([name, visit.reason.rawValue] + visit.gates.map(\.rawValue))
                .joined(separator: " ")
        }
    }

    /// The own patient's, else anybody's.
    func visit(named name: String) -> AppointmentID? {
        all.lazy.compactMap { $0.visit(named: name) }.first
    }

    /// As it stands now, in its patient's own stream.
    func record(
        ofVisit name: String, _ clinic: CaseClinic
    ) async throws -> AppointmentRecord? {
        for performer in all {
            guard let visit = performer.visit(named: name) else { continue }
            return try await clinic.view(of: performer.patient).state.appointment(visit)
        }
        return nil
    }

    /// What a visit is called; one that no step made by whose it is.
    func name(of visit: AppointmentID, of patient: PatientID) -> String {
        all.lazy.compactMap { $0.name(of: visit) }.first
            ?? name(of: patient)
    }

    func name(of patient: PatientID) -> String {
        others.first { $0.performer.patient == patient }?.name ?? CasePatient.own
    }

    /// What the patient's own steps call an order.
    func name(of order: OrderID, of patient: PatientID) -> String? {
        (others.first { $0.performer.patient == patient }?.performer ?? own).name(of: order)
    }
}
