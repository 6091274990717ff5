const ThreeXUI = require('3xui-api-client');

const client = new ThreeXUI(url, username, password, {
    sessionManager: { redis: redisClient }  // Auto-session management
});

// Create VLESS client with everything auto-generated
const result = await client.addClientWithCredentials(inboundId, 'vless', {
    email: 'user_example_001'  // Optional - will auto-generate if not provided
});

console.log('Created client:', result.credentials);
/* Output:
{
  id: "a1b2c3d4-e5f6-4789-ab12-123456789abc",      // Auto-generated UUID
  email: "user_example_001",                       // Your identifier
  flow: "xtls-rprx-vision",                       // Optimal setting
  encryption: "none",                             // VLESS standard
  enable: true,                                   // Auto-enabled
  limitIp: 0,                                     // No limits
  totalGB: 0,                                     // No limits
  expiryTime: 0,                                  // No expiry
  subId: "f9e8d7c6-b5a4-4321-9876-fedcba987654"  // Auto-generated
}
*/
