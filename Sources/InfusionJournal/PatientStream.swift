public import EventStore
public import Infusion

/// Where a patient's events are: one stream per patient, under the patient's own id.
public enum PatientStream {
    /// The category of every patient's stream; stored for ever.
    public static let category = "patient"

    public static func id(of patient: PatientID) -> StreamID {
        StreamID(category: category, uuid: patient.uuid)
    }

    /// The patient whose stream `stream` is; `nil` for a stream of another category.
    public static func patient(of stream: StreamID) -> PatientID? {
        stream.category == category ? PatientID(stream.uuid) : nil
    }
}
