/*
 * Calls to routes that are played from recordings: nodes, groups, geo files, the server, its settings and Xray.
 */

const odd = {
  'id as text': ['7'],
  'id with a blank': ['7 8'],
  'id zero': [0],
  'id that is no number': ['abc'],
  'id null': [null],
  'no id': [],
}
const oddBodies = {
  'empty body': [{}],
  'a list as body': [[]],
  'text as body': ['text'],
  'body null': [null],
  'no body': [],
}
const before = (table, ...more) =>
  Object.fromEntries(Object.entries(table).map(([label, args]) => [label, [args[0], ...more]]))
const after = (id) =>
  Object.fromEntries(Object.entries(oddBodies).map(([label, body]) => [label, [id, ...body]]))
const plain = { plain: [], 'an argument that it does not take': [{ page: 2 }] }
const played = (table, more) =>
  Object.fromEntries(
    Object.entries(table).map(([label, call]) => [
      label,
      { recorded: true, ...more, ...(Array.isArray(call) ? { args: call } : call) },
    ]),
  )

const node = {
  name: 'second',
  scheme: 'https',
  address: 'node.example',
  port: 2053,
  basePath: '/',
  apiToken: 'a-token',
  enable: true,
}
const links = {
  known: ['sub-1'],
  'with a slash': ['a/b'],
  'of other scripts': ['клиент'],
  empty: [''],
  null: [null],
  'nothing at all': [],
}

const nodes = {
  getNodes: plain,
  getNode: { id: [7], ...odd },
  getNodeHistory: {
    whole: [7, 'cpu', 60],
    'all as text': ['7', 'mem', '60'],
    'metric with a slash': [7, 'a/b', 60],
    'only the id': [7],
    'nothing at all': [],
  },
  addNode: { whole: [node], ...oddBodies },
  updateNode: { whole: [7, node], ...before(odd, node), ...after(7) },
  deleteNode: { id: [7], ...odd },
  setNodeEnable: {
    on: [7, true],
    off: [7, false],
    switched: [7],
    'as text': [7, 'false'],
    'id as text': ['7', true],
    'no id': [],
  },
  testNode: { whole: [node], ...oddBodies },
  probeNode: { id: [7], ...odd },
}

const groups = {
  getSubLinks: links,
  getClientLinks: links,
  getGroups: plain,
  getGroupEmails: {
    known: ['grp1'],
    'with a blank': ['a b'],
    'with a slash': ['a/b'],
    empty: [''],
    'nothing at all': [],
  },
  createGroup: { named: [{ name: 'g' }], ...oddBodies },
  renameGroup: { named: [{ oldName: 'g', newName: 'h' }], ...oddBodies },
  deleteGroup: { named: [{ name: 'g' }], ...oddBodies },
  bulkAddGroups: { whole: [{ emails: ['alice'], group: 'g' }], ...oddBodies },
  bulkRemoveGroups: { whole: [{ emails: ['alice'] }], ...oddBodies },
}

const geo = { type: 'geosite', alias: 'mine', url: 'https://geo.example/mine.dat' }
const geos = {
  getCustomGeos: plain,
  getGeoAliases: plain,
  addCustomGeo: { whole: [geo], ...oddBodies },
  updateCustomGeo: { whole: [7, geo], ...before(odd, geo), ...after(7) },
  deleteCustomGeo: { id: [7], ...odd },
  downloadCustomGeo: { id: [7], ...odd },
  updateAllCustomGeo: plain,
}

const count = {
  plain: [],
  count: [10],
  'count as text': ['10'],
  'count zero': [0],
  'count null': [null],
  'no number': ['abc'],
}
const server = {
  getServerStatus: { plain: { access: true } },
  getCPUHistory: { plain: [], bucket: [30], 'as text': ['30'], 'a bucket that is none': [7], null: [null] },
  getXrayVersion: plain,
  getConfigJson: plain,
  getDb: plain,
  stopXrayService: plain,
  restartXrayService: plain,
  installXray: {
    version: ['v26.7.28'],
    'without a v': ['26.7.28'],
    latest: ['latest'],
    'latest in capitals': ['LATEST'],
    'a path in it': ['../x'],
    number: [26],
    empty: [''],
    null: [null],
    'nothing at all': [],
  },
  getPanelLogs: count,
  getXrayLogs: count,
  updateGeofile: { plain: [], named: ['geoip.dat'], 'a path in it': ['../x'], empty: [''], null: [null] },
  importDB: {
    'a form of the web': { run: (client) => client.importDB(formWith('a database')) },
    text: ['text'],
    'an object': [{ db: 'text' }],
  },
  createBackup: plain,
  backupToTgBot: plain,
  getNewUUID: plain,
  getNewX25519Cert: plain,
  getNewmldsa65: plain,
  getNewmlkem768: plain,
  getNewVlessEnc: plain,
  getNewEchCert: {
    plain: [],
    name: ['site.example'],
    'name with a blank': ['a b'],
    empty: [''],
    null: [null],
  },
  getWebCertFiles: plain,
  getTwoFactorEnable: plain,
}

const settings = {
  getAllSettings: plain,
  updateSetting: {
    one: [{ webPort: 2054 }],
    several: [{ webPort: 2054, webBasePath: '/x/' }],
    'a name that is none': [{ colour: 'red' }],
    'empty object': [{}],
    text: ['text'],
    null: [null],
    'nothing at all': [],
  },
  updateUser: {
    whole: ['admin', 'admin', 'root', 'secret'],
    'to the same': ['admin', 'admin', 'admin', 'admin'],
    'and who is used then': {
      run: async (client) => {
        await client.updateUser('admin', 'admin', 'root', 'secret')
        return { username: client.username, password: client.password }
      },
    },
  },
  restartPanel: plain,
  getDefaultSettings: plain,
  getDefaultJsonConfig: plain,
}

const outbound = { tag: 'direct-1', protocol: 'socks', settings: { servers: [] } }
const xray = {
  getXrayConfig: plain,
  updateXrayConfig: {
    object: [{ log: { loglevel: 'warning' } }],
    text: ['{"log":{}}'],
    'text that is no JSON': ['{'],
    'text that is no object': ['5'],
    'an empty object': [{}],
    number: [5],
    null: [null],
    'nothing at all': [],
  },
  manageWarp: {
    data: ['data'],
    license: ['license', { license: 'abc' }],
    register: ['reg', { privateKey: 'a', publicKey: 'b' }],
    'an action that is none': ['dance'],
    'nothing at all': [],
  },
  testOutbound: {
    object: [outbound],
    text: [JSON.stringify(outbound)],
    mode: [outbound, { mode: 'http' }],
    'all outbounds': [outbound, { allOutbounds: [outbound] }],
  },
  getOutboundsTraffic: plain,
  resetOutboundsTraffic: plain,
  getXrayResult: plain,
}

function formWith(text) {
  const form = new FormData()
  form.append('db', new Blob([text]), 'x-ui.db')
  return form
}

const all = (tables, more) =>
  Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, played(table, more)]))

export const recorded = {
  ...all(nodes),
  ...all(groups),
  ...all(geos, { versions: ['3.1.0', 'HEAD'] }),
  ...all(server),
  ...all(settings),
  ...all(xray),
}
