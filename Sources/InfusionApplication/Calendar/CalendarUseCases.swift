/// The calendar of a site, as every edge asks it.
public protocol CalendarUseCases: Sendable {
    /// - Throws: also `notFound`, for a site that neither the directory nor the log has.
    func calendar(
        _ question: CalendarQuestion, actor: Actor
    ) async throws(ApplicationError) -> CalendarAnswer
}
