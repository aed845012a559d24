/**
 * Since Electron 30, 31 and 32 (electron/electron#42535) posting what cannot be cloned throws, and the
 * port lives on. Before, it threw and closed both ends; a utility process's `parentPort` went dead, and
 * main's next message to that process crashed main. So here every message is tried first.
 *
 * A `v8.Serializer` refuses just what Electron's own refuses. Its bytes must stay in it: taking them
 * out, as `v8.serialize()` does, crashes Electron 22 after some hundred messages of 10 KiB. (A Node
 * MessageChannel would be faster, but lets a SharedArrayBuffer and a Blob pass.)
 */
const Module = require('node:module')
const { Serializer } = require('node:v8')

/** Some releases of 30 and 31 have the fix and some have not; there, checking twice does no harm. */
const needsCheck = Number.parseInt(process.versions.electron, 10) < 32

function checkMessagesOfMain() {
  if (!needsCheck) return
  const { MessageChannelMain } = require('electron')
  checkMessages(new MessageChannelMain().port1)
}

/**
 * `parentPort` does not exist yet while a preloaded module runs; it does when the next one is loaded,
 * which is the process's own.
 */
function checkMessagesOfUtility() {
  if (!needsCheck) return
  /* oxlint-disable no-underscore-dangle -- Node's name */
  const load = Module._load
  Module._load = function (...args) {
    if (process.parentPort) {
      Module._load = load
      checkMessages(process.parentPort)
      checkFirstPort(process.parentPort)
    }
    return load.apply(this, args)
  }
  /* oxlint-enable no-underscore-dangle */
}

/** A utility process cannot make ports, so their class shows itself with the first that arrives. */
function checkFirstPort(parentPort) {
  const { emit } = parentPort
  parentPort.emit = function (event, message, ...rest) {
    const port = message?.ports?.[0]
    if (port) {
      delete parentPort.emit
      checkMessages(port)
    }
    return emit.call(this, event, message, ...rest)
  }
}

/** Changes the class of a port, hence all ports. */
function checkMessages(port) {
  const prototype = Object.getPrototypeOf(port)
  const { postMessage } = prototype
  prototype.postMessage = function (message, ...rest) {
    new Serializer().writeValue(message)
    return postMessage.call(this, message, ...rest)
  }
}

module.exports = { checkMessagesOfMain, checkMessagesOfUtility }
