// Traditional manual method
const clientConfig = {
    id: inboundId,
    settings: JSON.stringify({
        clients: [{
            id: "client-uuid-here",
            email: "client_identifier_001",
            limitIp: 0,      // No IP limit
            totalGB: 0,      // No data limit  
            expiryTime: 0,   // No expiry
            enable: true,
            tgId: "",        // Telegram ID (optional)
            subId: ""        // Subscription ID (optional)
        }]
    })
};

const result = await client.addClient(clientConfig);
