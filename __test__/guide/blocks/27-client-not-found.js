const response = await client.getClientTrafficsByEmail("nonexistent_client");
if (response.success && !response.obj) {
    console.log('Client not found - check identifier spelling');
}
