// Update existing client settings
const updateConfig = {
    id: inboundId,
    settings: JSON.stringify({
        clients: [{
            id: "existing-client-uuid",
            email: "updated_client_identifier",
            limitIp: 2,      // Limit to 2 IPs
            totalGB: 50,     // 50GB limit
            expiryTime: Date.now() + 2592000000,  // 30 days
            enable: true
        }]
    })
};

const result = await client.updateClient("existing-client-uuid", updateConfig);
