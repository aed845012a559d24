/**
 * What today's Electron has in its main process and Electron 22 lacks, as far as generated projects
 * use it. It belongs to the tests: no template knows of it. Every part acts only where something is
 * missing, so on a newer Electron nothing changes.
 *
 * Left out, since nothing needs it: File, navigator, WebSocket. Left out on purpose: what 22's pages
 * lack as well (newer JavaScript such as `Promise.withResolvers`), which a test should find.
 */
const { checkMessagesOfMain } = require('./checked-posting.cjs')
const { installConsoleMessage } = require('./console-message.cjs')
const { installFetch } = require('./fetch.cjs')
const { installNavigationDetails } = require('./navigation-details.cjs')
const { installProtocolHandle } = require('./protocol-handle.cjs')
const { preloadUtilityProcesses } = require('./utility-process.cjs')
const { installWebGlobals } = require('./web-globals.cjs')

function installMainPolyfills() {
  installWebGlobals()
  checkMessagesOfMain()
  installProtocolHandle()
  installFetch()
  installNavigationDetails()
  installConsoleMessage()
  preloadUtilityProcesses()
}

module.exports = { installMainPolyfills }
