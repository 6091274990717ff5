// Monitor client-related security events
const stats = await client.getSecurityStats();

stats.recentActivities
    .filter(activity => activity.type.includes('client'))
    .forEach(activity => {
        console.log(`Client security event: ${activity.type} - ${activity.details}`);
    });
