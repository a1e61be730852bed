import TestPostgres
import Testing

@testable import Postgres

@Suite struct `LISTEN` {
    @Test func `notifications arrive on their channel, hostile names included`() async throws {
        try await TestDatabase.with { database in
            let listening = try await database.connect()
            let sender = try await database.connect()
            let channel = "ev\"ents; --"
            let notifications = try await listening.listen(channel)
            let other = try await listening.listen("other")
            for index in 0..<3 {
                try await sender.execute("SELECT pg_notify(\(channel), \(String(index)))")
            }
            try await sender.execute("SELECT pg_notify('other', 'x')")
            var iterator = notifications.makeAsyncIterator()
            for index in 0..<3 {
                let notification = try #require(try await iterator.next())
                #expect(notification.payload == "\(index)")
                #expect(notification.channel == channel)
                #expect(notification.senderProcessID == sender.backendProcessID)
            }
            var otherIterator = other.makeAsyncIterator()
            #expect(try await otherIterator.next()?.payload == "x")
            await listening.close()
            let failure = await #expect(throws: PostgresError.self) { try await iterator.next() }
            #expect(failure?.code == .connectionClosed)
            await sender.close()
        }
    }

    @Test func `what arrives along with an answer is handed on`() async throws {
        try await TestDatabase.withConnection { connection in
            let notifications = try await connection.listen("events")
            try await connection.execute("SELECT pg_notify('events', 'own')")
            var iterator = notifications.makeAsyncIterator()
            let notification = try await iterator.next()
            #expect(notification?.payload == "own")
        }
    }

    @Test func `a lost connection ends the sequence with a typed error`() async throws {
        try await TestDatabase.with { database in
            let listening = try await database.connect()
            let sender = try await database.connect()
            let notifications = try await listening.listen("events")
            let task = Task {
                for try await _ in notifications {}
            }
            let process = listening.backendProcessID
            try await sender.execute("SELECT pg_terminate_backend(\(process))")
            let failure = await #expect(throws: PostgresError.self) { try await task.value }
            #expect(failure?.code == .connectionLost)
            #expect(!listening.isUsable)
            await listening.close()
            await sender.close()
        }
    }

    @Test func `a slow reader gets one lagged element for what it missed`() async throws {
        let listener = NotificationListener(channel: "c", limit: 4)
        for index in 0..<10 {
            listener.deliver(
                Notification(channel: "c", payload: "\(index)", senderProcessID: 1, isLagged: false)
            )
        }
        var seen: [String] = []
        for _ in 0..<4 {
            let notification = try #require(try await listener.next().get())
            seen.append(notification.isLagged ? "lagged" : notification.payload)
        }
        #expect(seen == ["0", "1", "2", "lagged"])
        listener.end(nil)
        #expect(try await listener.next().get() == nil)
    }

    @Test func `a cancelled reader ends without an error`() async throws {
        try await TestDatabase.withConnection { connection in
            let notifications = try await connection.listen("events")
            let task = Task {
                for try await _ in notifications {}
            }
            task.cancel()
            try await task.value
        }
    }
}
