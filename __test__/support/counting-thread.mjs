/*
 * A thread that adds to a client's limit, one at a time and all at once with others.
 */

import { workerData } from 'node:worker_threads'

import ThreeXUI from '3xui-native'

const { url, email, steps } = workerData
const client = new ThreeXUI(url, 'admin', 'admin')
const up = () => client.modifyClient(email, ({ limitIp = 0 }) => ({ limitIp: limitIp + 1 }))
await Promise.all(Array.from({ length: steps }, up))
