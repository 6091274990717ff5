// Manual configuration (still supported)
const clientConfig = {
    id: 10,  // Inbound ID
    settings: JSON.stringify({
        clients: [{
            id: "f5eb5844-dc57-412b-9ec2-82d37e0ebb9c",  // Manual UUID
            email: "client_manual_001",
            limitIp: 0,
            totalGB: 0,
            expiryTime: 0,
            enable: true
        }]
    })
};

const result = await client.addClient(clientConfig);
