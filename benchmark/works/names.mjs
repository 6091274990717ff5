/*
 * The works there are, in the order in which they run. Each is the file of that name beside this one.
 */

export const WORKS = ['small', 'latency', 'large', 'memory', 'cold', 'credentials', 'keys', 'flows', 'curves', 'size', 'soak']
