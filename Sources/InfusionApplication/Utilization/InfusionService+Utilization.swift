extension InfusionService {
    public func utilization(
        _ question: UtilizationQuestion, actor: Actor
    ) async throws(ApplicationError) -> UtilizationAnswer {
        try await UtilizationService(log: log, readModels: readModels, sites: sites, now: now)
            .utilization(question, actor: actor)
    }
}
