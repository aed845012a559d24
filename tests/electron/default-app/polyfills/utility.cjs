/** Preloaded into every utility process: the part of the polyfills which applies there. */
const { checkMessagesOfUtility } = require('./checked-posting.cjs')
const { installWebGlobals } = require('./web-globals.cjs')

installWebGlobals()
checkMessagesOfUtility()
