// Create multiple clients efficiently
async function createBulkClients(inboundId, protocol, count, options = {}) {
    const results = [];
    
    // Generate all credentials first
    const credentials = client.generateBulkCredentials(protocol, count, options);
    
    // Create clients in batches
    for (const cred of credentials) {
        try {
            const result = await client.addClientWithCredentials(inboundId, protocol, {
                ...cred,
                ...options
            });
            results.push({ success: true, credentials: result.credentials });
        } catch (error) {
            results.push({ success: false, error: error.message, credentials: cred });
        }
    }
    
    return results;
}

// Usage
const bulkResults = await createBulkClients(inboundId, 'vless', 10, {
    limitIp: 1,
    totalGB: 50
});

console.log(`Created ${bulkResults.filter(r => r.success).length} clients successfully`);
