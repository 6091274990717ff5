// Get client IP addresses
const ipsResult = await client.getClientIps("client_identifier_001");
console.log('Client IPs:', ipsResult.obj);
/* Output: Array of IP addresses the client has connected from */

// Clear client IP history
const clearIpsResult = await client.clearClientIps("client_identifier_001");
if (clearIpsResult.success) {
    console.log('✅ Client IP history cleared');
}
