// Reset specific client traffic
const resetResult = await client.resetClientTraffic(inboundId, "client_identifier_001");

if (resetResult.success) {
    console.log('✅ Client traffic reset successfully');
}

// Reset all client traffic for an inbound
const resetAllResult = await client.resetAllClientTraffics(inboundId);
console.log('Reset all clients:', resetAllResult.msg);
