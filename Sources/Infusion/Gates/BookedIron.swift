/// A visit for iron that is booked or held: a dose on its date, as far as intervals go.
struct BookedIron: Hashable {
    let order: OrderID
    /// Clinic-local.
    let date: CalendarDate
    /// The event by which it came to be.
    let version: EventVersion
}

extension ClinicalPicture {
    /// The visits for iron that are to come, of all orders.
    /// - Parameter id: A visit that is asked about itself, where there is one.
    func bookedIron(besides id: AppointmentID?) -> [BookedIron] {
        state.appointments.filter {
            $0.id != id && $0.status.isToCome(at: context.now)
                && state.order($0.order) != nil
        }.map {
            BookedIron(order: $0.order, date: localDate($0.slot.start), version: $0.version)
        }
    }
}
