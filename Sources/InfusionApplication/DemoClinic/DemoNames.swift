/// Given and family names for people who do not exist.
enum DemoNames {
    static let given = [
        "Ada", "Bruno", "Carla", "Dario", "Elena", "Fabio", "Greta", "Hugo", "Irma", "Jonas",
        "Karin",
        "Leo", "Marta", "Nino", "Olga", "Piero", "Rosa", "Sara", "Tito", "Vera",
    ]
    static let family = [
        "Acciaio", "Binario", "Carrozza", "Deposito", "Espresso", "Fischio", "Galleria", "Incrocio",
        "Linea", "Mantice", "Orario", "Passaggio", "Rotaia", "Scambio", "Traversa", "Vagone",
    ]
}
