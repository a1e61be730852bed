import EventStore
import Infusion
import InfusionJournal
import PostgresEventStore

/// Looks at keys that came in a file before anything is written: ones that do not open would hide every
/// patient under them.
enum ImportedKeys {
    /// Needs the master keys if any patient has a key.
    static func requireOpen(
        _ subjects: some Collection<SubjectRecord>, of tenant: TenantID
    ) throws {
        guard subjects.contains(where: { $0.key != nil }) else { return }
        let keyring = try Backend.keyring()
        for subject in subjects {
            guard let key = subject.key else { continue }
            do throws(KeyError) {
                _ = try keyring.unwrap(
                    key,
                    for: DataSubject(tenant: tenant, patient: PatientID(subject.subject.uuid)))
            } catch {
                throw Console.fail(
                    """
                    FERROVIA_MASTER_KEY_FILE does not open the key of patient \(subject.subject), which \
                    '\(key.wrappingKeyID)' wrapped: \(error); nothing was written
                    """, .configuration)
            }
        }
    }
}
