class SecureClientManager {
    constructor(xuiUrl, username, password, database) {
        this.client = new ThreeXUI(xuiUrl, username, password, {
            sessionManager: {
                type: 'database',
                database: database,
                defaultTTL: 3600
            }
        });
        this.db = database;
    }
    
    async createClientAccount(inboundId, userEmail, options = {}) {
        try {
            // Create client with auto-generated credentials
            const result = await this.client.addClientWithCredentials(inboundId, 'vless', {
                email: userEmail,
                ...options
            });
            
            if (result.success) {
                // Store in database
                await this.db.clients.create({
                    uuid: result.credentials.id,
                    email: userEmail,
                    inbound_id: inboundId,
                    created_at: new Date(),
                    credentials: JSON.stringify(result.credentials),
                    ...options
                });
                
                return {
                    success: true,
                    uuid: result.credentials.id,
                    email: userEmail,
                    connectionConfig: this.generateConnectionConfig(result.credentials, inboundId)
                };
            }
            
            return { success: false, error: result.msg };
        } catch (error) {
            console.error('Failed to create client account:', error);
            throw error;
        }
    }
    
    generateConnectionConfig(credentials, inboundId) {
        // Generate connection URLs/configs for clients
        return {
            vless_url: `vless://${credentials.id}@server:port?encryption=none&flow=${credentials.flow}&security=reality&type=tcp#${credentials.email}`,
            qr_code: `data:image/png;base64,${this.generateQRCode(credentials)}`,
            manual_config: credentials
        };
    }
    
    async getClientStats(email) {
        const response = await this.client.getClientTrafficsByEmail(email);
        
        if (response.success && response.obj) {
            // Update database with latest stats
            await this.db.clients.update(
                { email: email },
                {
                    upload_bytes: response.obj.up,
                    download_bytes: response.obj.down,
                    total_bytes: response.obj.total,
                    last_updated: new Date()
                }
            );
        }
        
        return response;
    }
}
