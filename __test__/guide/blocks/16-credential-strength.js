// Validate generated credentials
const vlessCredentials = client.generateCredentials('vless');
const validation = client.validateCredentialStrength(vlessCredentials.id, 'uuid');

if (!validation.isValid) {
    console.error('Invalid UUID:', validation.issues);
} else {
    console.log('UUID strength:', validation.strength); // 'strong'
}

// Validate Trojan password
const trojanCredentials = client.generateCredentials('trojan');
const passwordValidation = client.validateCredentialStrength(trojanCredentials.password, 'password');
console.log('Password strength:', passwordValidation.strength); // 'medium' or 'strong'
