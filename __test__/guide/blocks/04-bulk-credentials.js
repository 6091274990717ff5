// Generate multiple credentials at once
const bulkVlessCredentials = client.generateBulkCredentials('vless', 10);
const bulkTrojanCredentials = client.generateBulkCredentials('trojan', 5, {
    passwordLength: 24,  // Custom password length
    emailPrefix: 'premium_user'  // Custom identifier prefix
});

console.log(`Generated ${bulkVlessCredentials.length} VLESS credentials`);
console.log(`Generated ${bulkTrojanCredentials.length} Trojan credentials`);
