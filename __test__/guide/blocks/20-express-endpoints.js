const express = require('express');
const app = express();

const clientManager = new SecureClientManager(
    process.env.XUI_URL,
    process.env.XUI_USERNAME,
    process.env.XUI_PASSWORD,
    database
);

// Create client with auto-generated credentials
app.post('/api/clients', async (req, res) => {
    try {
        const { inboundId, email, limitIp, totalGB, expiryDays } = req.body;
        
        const options = {
            limitIp: limitIp || 0,
            totalGB: totalGB || 0,
            expiryTime: expiryDays ? Date.now() + (expiryDays * 24 * 60 * 60 * 1000) : 0
        };
        
        const result = await clientManager.createClientAccount(inboundId, email, options);
        res.json(result);
    } catch (error) {
        res.status(500).json({ error: error.message });
    }
});

// Get client traffic stats
app.get('/api/clients/:email/traffic', async (req, res) => {
    try {
        const stats = await clientManager.getClientStats(req.params.email);
        res.json(stats);
    } catch (error) {
        res.status(500).json({ error: error.message });
    }
});

// Bulk create clients
app.post('/api/clients/bulk', async (req, res) => {
    try {
        const { inboundId, protocol, count, options } = req.body;
        
        const results = [];
        const credentials = clientManager.client.generateBulkCredentials(protocol, count, options);
        
        for (const cred of credentials) {
            const result = await clientManager.createClientAccount(inboundId, cred.email, options);
            results.push(result);
        }
        
        res.json({
            success: true,
            created: results.filter(r => r.success).length,
            failed: results.filter(r => !r.success).length,
            results
        });
    } catch (error) {
        res.status(500).json({ error: error.message });
    }
});
