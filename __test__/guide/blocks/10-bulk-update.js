// Update multiple clients with same settings
async function bulkUpdateClients(updates) {
    const results = [];
    
    for (const update of updates) {
        try {
            const result = await client.updateClient(update.uuid, {
                id: update.inboundId,
                settings: JSON.stringify({
                    clients: [update.clientData]
                })
            });
            results.push({ uuid: update.uuid, success: result.success });
        } catch (error) {
            results.push({ uuid: update.uuid, success: false, error: error.message });
        }
    }
    
    return results;
}
