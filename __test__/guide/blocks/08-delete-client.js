// Delete client by UUID
const result = await client.deleteClient(inboundId, "client-uuid");

if (result.success) {
    console.log('✅ Client deleted successfully');
} else {
    console.error('❌ Failed to delete client:', result.msg);
}
