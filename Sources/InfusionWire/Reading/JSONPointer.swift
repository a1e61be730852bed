/// Places in a JSON text (RFC 6901).
public enum JSONPointer {
    /// `/value`: the member of what `parent` points to, its name escaped.
    public static func member(_ parent: String, _ name: String) -> String {
        let escaped = name.replacing("~", with: "~0").replacing("/", with: "~1")
        return "\(parent)/\(escaped)"
    }
}
