/*
 * A call of every row of the route table that changes something, and how its effect shows on the panel.
 */

const GB = 1024 ** 3
const id = (n) => `a1a1a1a1-0000-4000-8000-00000000000${n}`
const entry = (email, more) => ({ email, enable: true, limitIp: 2, totalGB: GB, expiryTime: 0, flow: '', subId: `sub-${email}`, tgId: 0, reset: 0, comment: '', ...more })
export const INBOUNDS = [
  { port: 1001, protocol: 'vless', remark: 'first', settings: { clients: [entry('resident', { id: id(1) }), entry('alice', { id: id(2) })], decryption: 'none' } },
  { port: 1002, protocol: 'trojan', remark: 'second', settings: { clients: [entry('tom', { password: 'toms-password' }), entry('tina', { password: 'tinas-password' })] } },
  { port: 1003, protocol: 'shadowsocks', remark: 'third', settings: { method: 'aes-256-gcm', network: 'tcp', clients: [entry('sam', { password: 'sams-password', method: 'aes-256-gcm' }), entry('sue', { password: 'sues-password', method: 'aes-256-gcm' })] } },
]
const NEW = { port: 2001, protocol: 'vless', remark: 'new', enable: true, settings: { clients: [], decryption: 'none' } }
const NODE = { name: 'ams-1', remark: '', scheme: 'http', address: '127.0.0.1', port: 1, basePath: '/', apiToken: 'x', enable: true }
const FILE = { type: 'geosite', alias: 'ads', url: 'http://127.0.0.1:1/ads.dat' }

const clientsIn = (panel, inbound) => panel.inbounds.find((each) => each.id === inbound)?.settings.clients ?? []
const stored = (panel, email) => panel.inbounds.flatMap(({ settings }) => settings.clients).filter((client) => client.email === email)
const isGone = (email, inbound = 1) => ({ panel }) => !clientsIn(panel, inbound).some((client) => client.email === email)
const isThere = (email, inbound = 1) => ({ panel }) => clientsIn(panel, inbound).filter((client) => client.email === email).length === 1
const has = (email, wanted) => ({ panel }) => stored(panel, email).every((client) => Object.entries(wanted).every(([name, value]) => client[name] === value))
const hasUsed = (bytes) => async ({ helper }) => {
  const { obj } = await helper.getClientTraffic('alice')
  return obj.up + obj.down === bytes
}
const used = ({ panel }) => panel.setTraffic('alice', { up: 3, down: 4 })
const withIps = ({ panel }) => panel.setIps('alice', ['1.2.3.4'])
const hasNoIps = async ({ helper }) => (await helper.getModernClientIps('alice')).obj.length === 0 || (await helper.getModernClientIps('alice')).obj === 'No IP Record'
const depleted = ({ panel }) => panel.setTraffic('alice', { up: GB, down: 1 })
const inGroup = (name) => ({ helper }) => helper.bulkAddGroups({ emails: ['alice'], group: name })
const groups = async ({ helper }) => (await helper.getGroups()).obj.map(({ name, clientCount }) => `${name} ${clientCount}`).join()
const nodes = async ({ helper }) => (await helper.getNodes()).obj
const withNode = ({ helper }) => helper.addNode(NODE)
const geo = async ({ helper }) => (await helper.getCustomGeos()).obj
const withGeo = ({ helper }) => helper.addCustomGeo(FILE)
const xray = async ({ helper }) => (await helper.getServerStatus()).obj.xray
const only = (email, name, value) => ({ client }) => client.updateModernClient(email, { [name]: value })

const OLD = ['2.6.7', '2.8.11', '3.0.2']
const TABLE = ['3.1.0', '3.6.0', 'HEAD']
const NEWER = ['3.6.0', 'HEAD']
const ALL = [...OLD, ...TABLE]
export const UNSEEN = () => true

/*
 * Each case: [route, versions, path of the write, call, whether the panel has it, what has to be there before]. A route may
 * have several: a recipe sends other requests than its own.
 */
export const CASES = [
  ['AddInbound', ALL, '/inbounds/add', ({ client }) => client.addInbound(NEW), ({ panel }) => panel.inbounds.filter(({ port }) => port === 2001).length === 1],
  ['ImportInbound', ALL, /inbounds?\/import$/, ({ client }) => client.importInbounds({ ...NEW, settings: JSON.stringify(NEW.settings), streamSettings: '', sniffing: '' }).then(([answer]) => answer), ({ panel }) => panel.inbounds.filter(({ port }) => port === 2001).length === 1],
  ['UpdateInbound', ALL, /inbounds\/update\/1$/, ({ client }) => client.updateInbound(1, { remark: 'changed' }), ({ panel }) => panel.inbounds[0].remark === 'changed' && panel.inbounds[0].settings.clients.length === 2],
  ['DeleteInbound', ALL, /inbounds\/del\/2$/, ({ client }) => client.deleteInbound(2), ({ panel }) => panel.inbounds.length === 2],
  ['ResetInbounds', ALL, '/resetAllTraffics', ({ client }) => client.resetAllTraffics(), async ({ helper }) => (await helper.getInbound(1)).obj.up === 0, ({ panel }) => panel.setInboundTraffic(1, { up: 5, down: 5 })],

  ['AddClient', OLD, '/addClient', ({ client }) => client.addClient({ id: 1, settings: { clients: [entry('bob', { id: id(3) })] } }), isThere('bob')],
  ['AddClient', OLD, '/addClient', ({ client }) => client.addClient({ id: 1, settings: { clients: [entry('bob', { id: id(3) }), entry('ben', { id: id(4) })] } }), ({ panel }) => isThere('bob')({ panel }) && isThere('ben')({ panel })],
  ['AddClient', TABLE, '/clients/add', ({ client }) => client.addClient({ id: 1, settings: { clients: [entry('bob', { id: id(3) })] } }), isThere('bob')],
  ['UpdateClient', OLD, /updateClient\//, ({ client }) => client.updateClient(id(2), { id: 1, settings: { clients: [entry('alice', { id: id(2), limitIp: 7 })] } }), has('alice', { limitIp: 7 })],
  ['UpdateClient', OLD, /updateClient\//, ({ client }) => client.updateClient('toms-password', { id: 2, settings: { clients: [entry('tom', { password: 'another-password' })] } }), has('tom', { password: 'another-password' })],
  ['UpdateClient', TABLE, /clients\/update\//, ({ client }) => client.updateClient(id(2), { id: 1, settings: { clients: [entry('alice', { id: id(2), limitIp: 7 })] } }), has('alice', { limitIp: 7 })],
  ['DeleteClient', OLD, /delClient\//, ({ client }) => client.deleteClient(1, id(2)), isGone('alice')],
  ['DeleteClient', OLD, /delClient\//, ({ client }) => client.deleteClient(2, 'toms-password'), isGone('tom', 2)],
  ['DeleteClient', OLD, /delClient\//, ({ client }) => client.deleteClient(3, 'sam'), isGone('sam', 3)],
  ['DeleteClient', TABLE, /clients\/del\//, ({ client }) => client.deleteClient(1, id(2)), isGone('alice')],
  ['DeleteClientByEmail', OLD, /delClient(ByEmail)?\//, ({ client }) => client.deleteClientByEmail(1, 'alice'), isGone('alice')],
  ['ResetClientTraffic', OLD, /resetClientTraffic\//, ({ client }) => client.resetClientTraffic(1, 'alice'), hasUsed(0), used],
  ['ResetInboundClients', OLD, /resetAllClientTraffics\//, ({ client }) => client.resetAllClientTraffics(1), hasUsed(0), used],
  ['UpdateClientTraffic', OLD, /updateClientTraffic\//, ({ client }) => client.updateClientTraffic('alice', { upload: 5, download: 6 }), hasUsed(11), used],
  ['ClearClientIps', OLD, /clearClientIps\//, ({ client }) => client.clearClientIps('alice'), hasNoIps, withIps],
  ['DeleteDepleted', OLD, /delClient\//, ({ client }) => client.deleteDepletedClients(1), isGone('alice'), depleted],

  ['ClientAdd', TABLE, '/clients/add', ({ client }) => client.addModernClient({ client: { email: 'bob', totalGB: 1 }, inboundIds: [1] }), isThere('bob')],
  ['ClientAdd', TABLE, '/clients/add', ({ client }) => client.addClientWithCredentials(1, 'vless', { email: 'bob' }), isThere('bob')],
  ['ClientAdd', OLD, '/addClient', ({ client }) => client.addClientWithCredentials(1, 'vless', { email: 'bob' }), isThere('bob')],
  ['ClientUpdate', TABLE, /clients\/update\//, only('alice', 'limitIp', 7), has('alice', { limitIp: 7 })],
  ['ClientUpdate', TABLE, /clients\/update\//, only('alice', 'enable', false), has('alice', { enable: false })],
  ['ClientUpdate', OLD, /updateClient\//, only('alice', 'limitIp', 7), has('alice', { limitIp: 7 })],
  ['ClientUpdate', TABLE, /clients\/update\//, only('alice', 'email', 'alison'), ({ panel }) => isThere('alison')({ panel }) && isGone('alice')({ panel })],
  ['ClientDelete', TABLE, /clients\/del\//, ({ client }) => client.deleteModernClient('alice'), isGone('alice')],
  ['ClientDelete', OLD, /delClient\//, ({ client }) => client.deleteModernClient('alice'), isGone('alice')],
  ['ClientAttach', TABLE, /\/attach$/, ({ client }) => client.attachClientToInbounds('alice', { inboundIds: [2] }), isThere('alice', 2)],
  ['ClientAttach', ['3.0.2'], '/addClient', ({ client }) => client.attachClientToInbounds('alice', { inboundIds: [2] }), isThere('alice', 2)],
  ['ClientDetach', TABLE, /\/detach$/, ({ client }) => client.detachClientFromInbounds('alice', { inboundIds: [1] }), isGone('alice')],
  ['ClientDetach', OLD, /delClient\//, ({ client }) => client.detachClientFromInbounds('alice', { inboundIds: [1] }), isGone('alice')],
  ['ClientTableClearIps', TABLE, /clearIps\//, ({ client }) => client.clearModernClientIps('alice'), hasNoIps, withIps],
  ['ClientResetTraffic', TABLE, /resetTraffic\//, ({ client }) => client.resetModernClientTrafficByEmail('alice'), hasUsed(0), used],
  ['ClientUpdateTraffic', TABLE, /updateTraffic\//, ({ client }) => client.updateModernClientTrafficByEmail('alice', { upload: 5, download: 6 }), hasUsed(11), used],
  ['ClientResetAll', TABLE, '/clients/resetAllTraffics', ({ client }) => client.resetAllModernClientTraffics(), hasUsed(0), used],
  ['ClientDepleted', TABLE, '/delDepleted', ({ client }) => client.deleteDepletedModernClients(), isGone('alice'), depleted],
  ['ClientBulkCreate', NEWER, '/bulkCreate', ({ client }) => client.bulkCreateModernClients(['bob', 'ben'].map((email) => ({ client: { email, totalGB: 1 }, inboundIds: [1] }))), ({ panel }) => isThere('bob')({ panel }) && isThere('ben')({ panel })],
  ['ClientBulkDelete', NEWER, '/bulkDel', ({ client }) => client.bulkDeleteModernClients({ emails: ['alice', 'tom'] }), ({ panel }) => isGone('alice')({ panel }) && isGone('tom', 2)({ panel })],
  ['ClientBulkReset', NEWER, '/bulkResetTraffic', ({ client }) => client.bulkResetTrafficModernClients({ emails: ['alice'] }), hasUsed(0), used],
  ['ClientBulkEnable', NEWER, '/bulkEnable', ({ client }) => client._request('post', '/panel/api/clients/bulkEnable', { emails: ['alice'] }), has('alice', { enable: true }), ({ helper }) => helper.updateModernClient('alice', { enable: false })],
  ['ClientBulkDisable', NEWER, '/bulkDisable', ({ client }) => client._request('post', '/panel/api/clients/bulkDisable', { emails: ['alice'] }), has('alice', { enable: false })],
  ['ClientBulkAdjust', TABLE, '/bulkAdjust', ({ client }) => client.bulkAdjustModernClients({ emails: ['alice'], addDays: 0, addBytes: 1 }), has('alice', { totalGB: GB + 1 })],
  ['ClientBulkAttach', NEWER, '/bulkAttach', ({ client }) => client.bulkAttachModernClients({ emails: ['alice'], inboundIds: [2] }), isThere('alice', 2)],
  ['ClientBulkDetach', NEWER, '/bulkDetach', ({ client }) => client.bulkDetachModernClients({ emails: ['alice'], inboundIds: [1] }), isGone('alice')],

  ['GroupCreate', NEWER, '/groups/create', ({ client }) => client.createGroup({ name: 'silver' }), async (on) => (await groups(on)) === 'silver 0'],
  ['GroupRename', NEWER, '/groups/rename', ({ client }) => client.renameGroup({ oldName: 'silver', newName: 'gold' }), async (on) => (await groups(on)) === 'gold 1', inGroup('silver')],
  ['GroupDelete', NEWER, '/groups/delete', ({ client }) => client.deleteGroup({ name: 'silver' }), async (on) => (await groups(on)) === '', inGroup('silver')],
  ['GroupBulkAdd', NEWER, '/groups/bulkAdd', ({ client }) => client.bulkAddGroups({ emails: ['alice', 'tom'], group: 'silver' }), async (on) => (await groups(on)) === 'silver 2'],
  ['GroupBulkRemove', NEWER, '/groups/bulkRemove', ({ client }) => client.bulkRemoveGroups({ emails: ['alice'] }), async (on) => (await groups(on)) === '', inGroup('silver')],

  ['NodeAdd', ['3.0.2', ...TABLE], '/nodes/add', ({ client }) => client.addNode(NODE), async (on) => (await nodes(on)).length === 1],
  ['NodeUpdate', ['3.0.2', ...TABLE], /nodes\/update\/1$/, ({ client }) => client.updateNode(1, { ...NODE, remark: 'changed' }), async (on) => (await nodes(on))[0].remark === 'changed', withNode],
  ['NodeDelete', ['3.0.2', ...TABLE], /nodes\/del\/1$/, ({ client }) => client.deleteNode(1), async (on) => (await nodes(on)).length === 0, withNode],
  ['NodeSetEnable', ['3.0.2', ...TABLE], /nodes\/setEnable\/1$/, ({ client }) => client.setNodeEnable(1, false), async (on) => (await nodes(on))[0].enable === false, withNode],

  ['CustomGeoAdd', ['2.9.4'], '/custom-geo/add', ({ client }) => client.addCustomGeo(FILE), async (on) => (await geo(on)).length === 1],
  ['CustomGeoUpdate', ['2.9.4'], /custom-geo\/update\/1$/, ({ client }) => client.updateCustomGeo(1, { ...FILE, alias: 'other' }), async (on) => (await geo(on))[0].alias === 'other', withGeo],
  ['CustomGeoDelete', ['2.9.4'], /custom-geo\/delete\/1$/, ({ client }) => client.deleteCustomGeo(1), async (on) => (await geo(on)).length === 0, withGeo],
  ['CustomGeoDownload', ['2.9.4'], /custom-geo\/download\/1$/, ({ client }) => client.downloadCustomGeo(1), async (on) => (await geo(on))[0].lastUpdatedAt > 0, withGeo],
  ['CustomGeoUpdateAll', ['2.9.4'], '/custom-geo/update-all', ({ client }) => client.updateAllCustomGeo(), UNSEEN, withGeo],

  ['StopXray', ALL, '/stopXrayService', ({ client }) => client.stopXrayService(), async (on) => (await xray(on)).state === 'stop'],
  ['RestartXray', ALL, '/restartXrayService', ({ client }) => client.restartXrayService(), async (on) => (await xray(on)).state === 'running', ({ helper }) => helper.stopXrayService()],
  ['InstallXray', ALL, /installXray\//, ({ client }) => client.installXray('v1.2.3'), async (on) => (await xray(on)).version === '1.2.3'],
  ['UpdateGeofile', ALL, /updateGeofile\//, ({ client }) => client.updateGeofile('geoip.dat'), UNSEEN],
  ['UpdateGeofiles', ALL, '/updateGeofile', ({ client }) => client.updateGeofile(), UNSEEN],
  ['ImportDb', ALL, '/importDB', ({ client }) => client.importDB(Object.assign(new FormData(), { x: 1 })), UNSEEN],
  ['BackupToTgBot', ['3.6.0'], '/backuptotgbot', ({ client }) => client.backupToTgBot(), UNSEEN],
  ['CreateBackup', ['2.6.7'], '/createbackup', ({ client }) => client.createBackup(), UNSEEN],
  ['RestartPanel', ALL, '/restartPanel', ({ client }) => client.restartPanel(), UNSEEN],
  ['UpdateSettings', ALL, '/setting/update', ({ client }) => client.updateSetting({ pageSize: 17 }), async ({ helper }) => (await helper.getAllSettings()).obj.pageSize === 17],
  ['UpdateUser', ALL, '/setting/updateUser', ({ client }) => client.updateUser('admin', 'admin', 'admin', 'admin'), UNSEEN],
  ['UpdateXrayConfig', ALL, '/xray/update', ({ client }) => client.updateXrayConfig({ log: { loglevel: 'debug' } }), async ({ helper }) => JSON.parse((await helper.getXrayConfig()).obj).xraySetting.log.loglevel === 'debug'],
  ['Warp', ALL, /warp\/del$/, ({ client }) => client.manageWarp('del'), UNSEEN],
  ['ResetOutbounds', ALL, '/resetOutboundsTraffic', ({ client }) => client.resetOutboundsTraffic(), UNSEEN],
]
