// Remove expired or depleted clients
async function cleanupClients(inboundId) {
    // Remove clients with depleted traffic
    const depletedResult = await client.deleteDepletedClients(inboundId);
    
    console.log(`Cleanup result: ${depletedResult.msg}`);
    return depletedResult;
}
