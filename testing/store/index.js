'use strict'

/*
 * What the panel remembers: its tables and nothing else. The rules of writing them are in the files beside this one.
 */

const { defaultSettings, migratedSettings } = require('./panel-defaults')
const { migrateRows } = require('./migration')
const { Rows } = require('./rows')
const { newTemplate } = require('./defaults')

class Store {
  constructor(facts, now) {
    this.facts = facts
    this.now = now
    /** Inbounds; `settings`, `streamSettings` and `sniffing` are JSON text, as stored by every version. */
    this.inbounds = new Rows()
    /** Traffic rows: one for an e-mail on the whole panel. */
    this.traffic = new Rows()
    /** Clients of panels with a client table: one for an e-mail. */
    this.records = new Rows()
    /** Names of groups, also of those without clients. */
    this.groups = new Set()
    /** Other panels, and geo files of the panel's own. */
    this.nodes = new Rows()
    this.geo = new Rows()
    /** What became of xray: as which version it was installed, and whether it was stopped. */
    this.xray = {}
    /** The template of xray's configuration. */
    this.template = newTemplate()
    /** Addresses seen of an e-mail: `{ ip, timestamp }`, seconds. */
    this.ips = new Map()
    /** The panel's own settings. */
    this.settings = defaultSettings(facts)
    /** E-mails of the clients that are connected now; null before xray was asked. */
    this.online = []
  }

  /** Becomes the store of this version, with what it holds. */
  migrate(facts) {
    const before = this.facts
    this.facts = facts
    if (before === facts) return
    this.settings = migratedSettings(this.settings, before, facts)
    migrateRows(this, before)
  }

  /** Now in whole seconds, as milliseconds: how clients in settings are stamped. */
  stamp() {
    return Math.floor(this.now() / 1000) * 1000
  }
}

module.exports = { Store }
