// Customize auto-generation
const customClient = await client.addClientWithCredentials(inboundId, 'vless', {
    email: 'custom_identifier_123',     // Custom identifier
    limitIp: 2,                         // Limit to 2 concurrent IPs
    totalGB: 100,                       // 100GB data limit
    expiryTime: Date.now() + 2592000000, // Expire in 30 days
    flow: 'xtls-rprx-splice'           // Different flow control
});

const customTrojan = await client.addClientWithCredentials(inboundId, 'trojan', {
    passwordLength: 32,                 // Longer password
    level: 1                           // Different user level
});

const customShadowsocks = await client.addClientWithCredentials(inboundId, 'shadowsocks', {
    method: 'aes-256-gcm',             // Different cipher
    passwordLength: 24                  // Custom password length
});
