// Check session store connectivity
try {
    const sessionStats = await client.getSessionStats();
    console.log('Session store connected:', sessionStats.connected);
} catch (error) {
    console.error('Session store error:', error.message);
    // Fallback to memory storage
    client.options.sessionManager = { type: 'memory' };
}
