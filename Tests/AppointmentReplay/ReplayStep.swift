import Foundation
import Infusion

/// One command and the moment it is given.
struct ReplayStep: Sendable {
    let at: Instant
    let patient: PatientID
    let command: PatientCommand
}

extension Practice {
    /// The commands of all appointments, in the order of their time.
    func steps(of appointments: [ReplayedAppointment]) -> [ReplayStep] {
        let bySlot = Dictionary(grouping: appointments, by: \.slot).mapValues { appointments in
            appointments.sorted { ($0.bookedOn, $0.number) < ($1.bookedOn, $1.number) }
        }
        let all = appointments.flatMap { appointment in
            let next = bySlot[appointment.slot]?.first { $0.bookedOn > appointment.bookedOn }
            return steps(of: appointment, before: next)
        }
        return all.enumerated()
            .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map(\.element)
    }

    private func steps(
        of appointment: ReplayedAppointment, before next: ReplayedAppointment?
    ) -> [ReplayStep] {
        let visit = ReplayedVisit(appointment: appointment, practice: self)
        let booked = bookedAt(appointment)
        var steps = visit.booking(at: booked).map {
            ReplayStep(at: booked, patient: visit.patient, command: $0)
        }
        func add(_ at: Instant, _ commands: PatientCommand...) {
            steps += commands.map { ReplayStep(at: at, patient: visit.patient, command: $0) }
        }
        switch appointment.outcome {
        case .attended(let checkIn, let start, let end):
            add(
                checkIn, .recordArrival(visit.appointmentID, at: checkIn),
                visit.labs(collectedAt: instant(appointment.date, 6), round: 2),
                visit.context(at: checkIn), visit.check(at: checkIn))
            add(start, visit.start(at: start))
            add(end, visit.complete(at: end))
            let left = end.adding(minutes: Self.observationMinutes)
            add(left, .dischargePatient(visit.dose, stable: true, at: left))
        case .cancelled:
            add(
                cancelledAt(appointment, before: next),
                .cancelAppointment(visit.appointmentID, reason: .patientRequest))
        case .didNotAttend:
            add(missedAt(appointment), .recordNoShow(visit.appointmentID))
        case .open: break
        }
        return steps
    }
}
