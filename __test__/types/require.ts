/*
 * TypeScript's own require.
 */

import ThreeXUI = require('3xui-api-client')

class Panel extends ThreeXUI {
  override async login(forceRefresh?: boolean): Promise<ThreeXUI.LoginResult> {
    const result = await super.login(forceRefresh)
    if (!result.success) throw new ThreeXUI.AuthenticationError(result.message)
    return result
  }
}

export = { Panel }
