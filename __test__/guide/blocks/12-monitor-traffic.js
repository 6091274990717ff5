// Get traffic by client identifier
const trafficByEmail = await client.getClientTrafficsByEmail("client_identifier_001");
console.log('Traffic data:', trafficByEmail.obj);
/* Output:
{
  id: 1,
  inboundId: 10,
  enable: true,
  email: "client_identifier_001",
  up: 1024000,      // Upload bytes
  down: 5120000,    // Download bytes
  expiryTime: 0,
  total: 6144000    // Total bytes
}
*/

// Get traffic by UUID
const trafficById = await client.getClientTrafficsById("client-uuid");
console.log('Traffic by UUID:', trafficById.obj);
