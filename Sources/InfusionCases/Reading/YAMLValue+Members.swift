import Faults
import YAMLReader

extension YAMLValue {
    /// Every member of a mapping whose keys are data, read; what is wrong with any of them is told at once.
    func members<Element>(
        accepted: String = "a mapping",
        _ read: (_ name: String, _ member: YAMLValue) throws(YAMLProblems) -> Element
    ) throws(YAMLProblems) -> [Element] {
        try mapping(accepted: accepted).all.allRead { (entry) throws(YAMLProblems) in
            try read(entry.key, entry.value)
        }
    }
}
