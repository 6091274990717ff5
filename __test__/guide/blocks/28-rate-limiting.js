// Check for rate limiting
const stats = await client.getSecurityStats();
if (stats.recentActivities.some(a => a.type === 'rate_limit_exceeded')) {
    console.warn('Rate limiting active - reduce request frequency');
}
