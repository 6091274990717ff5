'use strict'

/*
 * The panel's own settings, as a panel has them that nobody has set up yet: each with the versions that know it.
 *
 * In the order in which panels answer them. A section belongs to the versions of which all its facts hold.
 */

const SECTIONS = [
  [
    'all',
    {
      webListen: '127.0.0.1', webDomain: '', webPort: 2053, webCertFile: '', webKeyFile: '', webBasePath: '/',
      sessionMaxAge: 360,
    },
  ],
  ['settingsHaveProxies', { trustedProxyCIDRs: '127.0.0.1/32,::1/128' }],
  ['settingsHaveAllowlist', { ipLimitAllowlist: '' }],
  ['settingsHaveTheme', { panelOutbound: '' }],
  ['all', { pageSize: 25, expireDiff: 0, trafficDiff: 0 }],
  ['!settingsHaveMail', { remarkModel: '-ieo' }],
  [
    'settingsHaveMail',
    {
      remarkTemplate: '{{INBOUND}}-{{EMAIL}}|📊{{TRAFFIC_LEFT}}|⏳{{DAYS_LEFT}}D',
      subShowIdentityOnAllLinks: false,
    },
  ],
  ['secondFactor', { datepicker: 'gregorian' }],
  ['all', { tgBotEnable: false, tgBotToken: '', tgBotProxy: '' }],
  ['settingsHaveTitle', { tgBotAPIServer: '' }],
  ['all', { tgBotChatId: '', tgRunTime: '@daily', tgBotBackup: false }],
  ['!settingsHaveMail', { tgBotLoginNotify: true }],
  ['all', { tgCpu: 80 }],
  ['settingsHaveMail', { tgMemory: 80 }],
  ['all', { tgLang: 'en-US' }],
  [
    'settingsHaveMail',
    {
      tgEnabledEvents: 'login.attempt,cpu.high', smtpEnable: false, smtpHost: '', smtpPort: 587,
      smtpUsername: '', smtpPassword: '', smtpFrom: '', smtpFromName: '', smtpTo: '',
      smtpEncryptionType: 'starttls', smtpEnabledEvents: 'login.attempt,cpu.high', smtpCpu: 80, smtpMemory: 80,
      outboundDownThreshold: 3,
    },
  ],
  ['all', { timeLocation: 'Local' }],
  ['secondFactor', { twoFactorEnable: false, twoFactorToken: '' }],
  ['!secondFactor', { secretEnable: false }],
  ['all', { subEnable: false }],
  ['settingsHaveDirectory', { subJsonEnable: false }],
  [
    'settingsHaveMail',
    {
      subJsonAutoDetect: false, subJsonAlwaysArray: false, subJsonUserAgentRegex: '',
      subClashAutoDetect: false, subClashUserAgentRegex: '',
    },
  ],
  ['settingsHaveTitle', { subTitle: '' }],
  [
    'settingsHaveDirectory',
    {
      subSupportUrl: '', subProfileUrl: '', subAnnounce: '', subEnableRouting: false, subRoutingRules: '',
    },
  ],
  ['settingsHaveMail', { subIncyEnableRouting: false, subIncyRoutingRules: '' }],
  [
    'all',
    {
      subListen: '127.0.0.1', subPort: 2096, subPath: '/sub/', subDomain: '', subCertFile: '', subKeyFile: '',
      subUpdates: 12,
    },
  ],
  ['settingsHaveTitle', { externalTrafficInformEnable: false, externalTrafficInformURI: '' }],
  ['settingsHaveClash', { restartXrayOnClientDisable: true }],
  ['all', { subEncrypt: true }],
  ['!settingsHaveMail', { subShowInfo: true }],
  ['settingsHaveProxies !settingsHaveMail', { subEmailInRemark: true }],
  ['all', { subURI: '', subJsonPath: '/json/', subJsonURI: '' }],
  ['settingsHaveClash', { subClashEnable: false, subClashPath: '/clash/', subClashURI: '' }],
  ['!settingsHaveTheme', { subJsonFragment: '' }],
  ['settingsHaveTitle !settingsHaveTheme', { subJsonNoises: '' }],
  ['!settingsHaveTitle', { subJsonNoise: '' }],
  ['settingsHaveTheme', { subClashEnableRouting: false, subClashRules: '' }],
  ['all', { subJsonMux: '', subJsonRules: '' }],
  ['settingsHaveTheme', { subJsonFinalMask: '', subThemeDir: '' }],
  ['settingsHaveMail', { subHideSettings: false }],
  ['settingsHaveDirectory', { ldapEnable: false, ldapHost: '', ldapPort: 389, ldapUseTLS: false }],
  ['settingsHaveMail', { ldapInsecureSkipVerify: false }],
  [
    'settingsHaveDirectory',
    {
      ldapBindDN: '', ldapPassword: '', ldapBaseDN: '', ldapUserFilter: '(objectClass=person)',
      ldapUserAttr: 'mail', ldapVlessField: 'vless_enabled', ldapSyncCron: '@every 1m', ldapFlagField: '',
      ldapTruthyValues: 'true,1,yes,on', ldapInvertFlag: false, ldapInboundTags: '', ldapAutoCreate: false,
      ldapAutoDelete: false, ldapDefaultTotalGB: 0, ldapDefaultExpiryDays: 0, ldapDefaultLimitIP: 0,
    },
  ],
  ['settingsHaveTheme', { warpUpdateInterval: 0 }],
  ['!secondFactor', { datepicker: 'gregorian' }],
]

/** Settings that began otherwise. */
const BEGINNINGS = [
  ['!secondFactor', { sessionMaxAge: 60 }],
  ['!settingsHaveTitle', { sessionMaxAge: 0, timeLocation: 'Asia/Tehran' }],
  ['!settingsHaveDirectory', { pageSize: 50 }],
  ['settingsHaveDirectory !settingsHaveTheme', { subEnableRouting: true }],
  ['settingsHaveClash !settingsHaveTheme', { subClashEnable: true }],
]

/** Whether all facts of a section hold; one with a `!` before its name is not to. */
function holds(facts, names) {
  return names.split(' ').every((name) => name === 'all' || facts[name.replace('!', '')] === !name.startsWith('!'))
}

/** The settings of a version. */
function defaultSettings(facts) {
  const known = [...SECTIONS, ...BEGINNINGS].filter(([names]) => holds(facts, names))
  return Object.assign({}, ...known.map(([, values]) => values))
}

/** The settings of a panel that was of another version: what was changed of those that it still knows stays. */
function migratedSettings(settings, before, facts) {
  const [old, fresh] = [defaultSettings(before), defaultSettings(facts)]
  const isKept = ([name, value]) => name in fresh && value !== old[name]
  return { ...fresh, ...Object.fromEntries(Object.entries(settings).filter(isKept)) }
}

module.exports = { defaultSettings, migratedSettings }
