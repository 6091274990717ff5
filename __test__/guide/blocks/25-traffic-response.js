{
  "success": true,
  "msg": "",
  "obj": {
    "id": 1,
    "inboundId": 10,
    "enable": true,
    "email": "client_identifier_001",
    "up": 1024000,      // Upload bytes
    "down": 5120000,    // Download bytes
    "expiryTime": 0,
    "total": 6144000    // Total bytes
  }
}
