/*
 * An inbound on a real panel, for a while: on loopback, so that nothing is opened to the world.
 */

const MADE = {
  ...{ remark: 'bench', enable: true, listen: '127.0.0.1', protocol: 'vless', expiryTime: 0, total: 0 },
  settings: { clients: [], decryption: 'none', fallbacks: [] },
  streamSettings: { network: 'tcp', security: 'none', tcpSettings: { header: { type: 'none' } } },
  sniffing: { enabled: false },
}

const actions = {
  async make(client) {
    const { obj } = succeeded(await client.addInbound({ ...MADE, port: 20_000 + Math.floor(Math.random() * 12_000) }))
    const { capabilities } = await client.getPanelInfo()
    return { id: obj.id, isOld: !capabilities.clientTable }
  },
  async version(client) {
    return { version: (await client.getPanelInfo()).version }
  },
  async count(client, id) {
    const { settings } = succeeded(await client.getInbound(id)).obj
    return { stored: (typeof settings === 'string' ? JSON.parse(settings) : settings).clients.length }
  },
  async remove(client, id) {
    succeeded(await client.deleteInbound(id))
    return {}
  },
}

export const run = ({ client }, { action, id }) => actions[action](client, id)

function succeeded(answer) {
  if (!answer.success) throw new Error(answer.msg)
  return answer
}
