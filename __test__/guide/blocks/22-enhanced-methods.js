// Auto-credential client creation
await client.addClientWithCredentials(inboundId, protocol, options)
// Returns: { success: boolean, credentials: object, msg: string }

// Auto-credential client update
await client.updateClientWithCredentials(clientUuid, inboundId, options)
// Returns: { success: boolean, msg: string }

// Generate credentials without creating client
client.generateCredentials(protocol, options)
// Returns: object with protocol-specific credentials

// Generate multiple credentials
client.generateBulkCredentials(protocol, count, options)
// Returns: array of credential objects

// Individual generators
client.generateUUID(secure = true)
client.generatePassword(length = 16, options = {})
client.generateIdentifier(prefix = 'client')
