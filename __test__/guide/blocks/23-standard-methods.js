// Traditional client management
await client.addClient(config)
await client.updateClient(clientUuid, config)
await client.deleteClient(inboundId, clientUuid)

// Traffic monitoring
await client.getClientTrafficsByEmail(email)
await client.getClientTrafficsById(uuid)
await client.resetClientTraffic(inboundId, email)
await client.resetAllClientTraffics(inboundId)

// IP management
await client.getClientIps(email)
await client.clearClientIps(email)

// Cleanup operations
await client.deleteDepletedClients(inboundId)
