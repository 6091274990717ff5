// hooks/useClients.js
import { useState, useCallback } from 'react';

export function useClients() {
    const [clients, setClients] = useState([]);
    const [loading, setLoading] = useState(false);
    
    const createClient = useCallback(async (clientData) => {
        setLoading(true);
        try {
            const response = await fetch('/api/clients', {
                method: 'POST',
                headers: { 'Content-Type': 'application/json' },
                body: JSON.stringify(clientData)
            });
            const result = await response.json();
            
            if (result.success) {
                setClients(prev => [...prev, result]);
            }
            
            return result;
        } finally {
            setLoading(false);
        }
    }, []);
    
    const getClientStats = useCallback(async (email) => {
        const response = await fetch(`/api/clients/${email}/traffic`);
        return response.json();
    }, []);
    
    return { clients, loading, createClient, getClientStats };
}

// ClientManager.jsx
function ClientManager() {
    const { clients, loading, createClient } = useClients();
    const [formData, setFormData] = useState({
        inboundId: '',
        email: '',
        limitIp: 0,
        totalGB: 0,
        expiryDays: 0
    });
    
    const handleCreateClient = async (e) => {
        e.preventDefault();
        const result = await createClient(formData);
        
        if (result.success) {
            alert(`Client created successfully!\nUUID: ${result.uuid}\nEmail: ${result.email}`);
            setFormData({ inboundId: '', email: '', limitIp: 0, totalGB: 0, expiryDays: 0 });
        } else {
            alert(`Failed to create client: ${result.error}`);
        }
    };
    
    return (
        <div>
            <h2>Create New Client</h2>
            <form onSubmit={handleCreateClient}>
                <input
                    placeholder="Inbound ID"
                    value={formData.inboundId}
                    onChange={(e) => setFormData(prev => ({ ...prev, inboundId: e.target.value }))}
                    required
                />
                <input
                    placeholder="Client Email/Identifier"
                    value={formData.email}
                    onChange={(e) => setFormData(prev => ({ ...prev, email: e.target.value }))}
                    required
                />
                <input
                    type="number"
                    placeholder="IP Limit (0 = unlimited)"
                    value={formData.limitIp}
                    onChange={(e) => setFormData(prev => ({ ...prev, limitIp: parseInt(e.target.value) }))}
                />
                <input
                    type="number"
                    placeholder="Data Limit GB (0 = unlimited)"
                    value={formData.totalGB}
                    onChange={(e) => setFormData(prev => ({ ...prev, totalGB: parseInt(e.target.value) }))}
                />
                <input
                    type="number"
                    placeholder="Expiry Days (0 = never)"
                    value={formData.expiryDays}
                    onChange={(e) => setFormData(prev => ({ ...prev, expiryDays: parseInt(e.target.value) }))}
                />
                <button type="submit" disabled={loading}>
                    {loading ? 'Creating...' : 'Create Client'}
                </button>
            </form>
        </div>
    );
}
