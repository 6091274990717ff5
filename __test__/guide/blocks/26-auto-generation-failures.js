try {
    const client = await api.addClientWithCredentials(inboundId, 'vless');
} catch (error) {
    if (error.message.includes('Invalid protocol')) {
        console.error('Unsupported protocol. Use: vless, vmess, trojan, shadowsocks');
    } else if (error.message.includes('Inbound not found')) {
        console.error('Invalid inbound ID. Check with getInbounds()');
    }
}
