// These validations happen automatically:
// - Client identifier length and characters (max 100 chars, no <>"&)
// - Numeric values (limitIp, totalGB, expiryTime) must be non-negative
// - UUID format validation
// - Protocol-specific credential validation
