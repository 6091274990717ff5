// Validate generated credentials
const credentials = client.generateCredentials('vless');
const validation = client.validateCredentialStrength(credentials.id, 'uuid');

if (!validation.isValid) {
    console.error('Generated credential failed validation:', validation.issues);
    // Regenerate credentials
    const newCredentials = client.generateCredentials('vless');
}
