/*
 * A program that tests itself against a panel of its own, under the package's real name.
 */

import { VERSIONS, startPanel } from '3xui-native/testing'
import type { PanelOptions, ReceivedRequest, TestPanel } from '3xui-native/testing'
import ThreeXUI, { TimeoutError } from '3xui-native'

const options: PanelOptions = {
  version: '2.8.11',
  port: 0,
  username: 'admin',
  password: 'secret',
  basePath: '/base/',
  inbounds: [{ port: 4443, protocol: 'vless', settings: { clients: [] } }, { port: 4444, protocol: 'trojan' }],
}
const panel: TestPanel = await startPanel(options)
const client = new ThreeXUI(panel.url, 'admin', 'secret', { timeout: 500 })
await client.addClientWithCredentials(1, 'vless', { email: 'user_1' })

panel.setTraffic('user_1', { up: 1, down: 2 })
panel.setIps('user_1', ['192.0.2.1'])
panel.setOnline(['user_1'])
panel.failNext({ path: /login$/, status: 502, body: '<html>', headers: { server: 'nginx' }, times: 2 })
panel.failNext({ path: '/list', destroy: true })
panel.expireSessions()
panel.rotateCsrf()
panel.delay(1000)
await client.getInbounds().catch((error: unknown) => error instanceof TimeoutError)

const last: ReceivedRequest | undefined = panel.requests.at(-1)
const emails: string[] = panel.inbounds[0]!.settings.clients.map((each: { email: string }) => each.email)
console.log(last?.method, last?.path, last?.headers.cookie, last?.body, panel.logins, panel.version, emails, VERSIONS)
const byToken = await startPanel()
new ThreeXUI(byToken.url, { token: byToken.token ?? '' })
// @ts-expect-error no such version
await startPanel({ version: '1.0.0' })
// @ts-expect-error an inbound needs a protocol
await startPanel({ inbounds: [{ port: 4443 }] })
// @ts-expect-error what the panel knows is not for writing
panel.url = 'http://127.0.0.1'
await Promise.all([panel.close(), byToken.close()])
