/*
 * What generated values look like, where the guide says it in words or by examples.
 */

/** A UUID of version 4. */
export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** "Random text like `client_abc1234`". */
export const IDENTIFIER = /^client_[a-z0-9]{7,}$/

/** "16-character alphanumeric". */
export const PASSWORD = /^[A-Za-z0-9]{16}$/

export const GIB = 1024 ** 3
export const DAY = 86_400_000
