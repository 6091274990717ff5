// Generate credentials without creating clients
const vlessCredentials = client.generateCredentials('vless');
const trojanCredentials = client.generateCredentials('trojan');
const shadowsocksCredentials = client.generateCredentials('shadowsocks');
const vmessCredentials = client.generateCredentials('vmess');

console.log('VLESS:', vlessCredentials);
/* Output:
{
  id: "ecc322b8-a458-4583-ac98-e343aefb5ac5",     // Secure UUID v4
  email: "client_abc1234",                        // Random identifier
  flow: "xtls-rprx-vision",                       // Best performance
  encryption: "none"                              // VLESS standard
}
*/

console.log('Trojan:', trojanCredentials);
/* Output:
{
  password: "K7mN9pQ2rT5vW8xA",                   // 16-char secure password
  email: "client_def5678",                        // Random identifier
  level: 0                                        // Standard level
}
*/
