/**
 * Web classes and functions that Node 16 has or could have, but not as globals. Newer Electron has them
 * as globals of main and utility processes, since the version named at the end.
 */
const { Blob } = require('node:buffer')
const { webcrypto } = require('node:crypto')
const webStreams = require('node:stream/web')
const { compileFunction } = require('node:vm')
const { BroadcastChannel, MessageChannel, receiveMessageOnPort } = require('node:worker_threads')

/** The class that Node 16 throws, but does not show. */
function findDOMException() {
  try {
    atob('?')
  } catch (error) {
    return error.constructor
  }
}

/** Clones and transfers as a message between two ports does, but at once. */
function structuredClone(value, options) {
  const { port1, port2 } = new MessageChannel()
  try {
    port1.postMessage(value, options?.transfer ?? [])
    return receiveMessageOnPort(port2).message
  } finally {
    port1.close()
  }
}

/**
 * Node 16 carries its fetch family (undici), but shows it only behind an option that Electron's main
 * process cannot be given. The source is among the built-in modules.
 */
function loadFetchFamily() {
  const source = process.binding('natives')['internal/deps/undici/undici']
  const undici = { exports: {} }
  compileFunction(source, ['module', 'require'])(undici, require)
  return undici.exports
}

/** A signal that aborts as soon as one of the given ones does, with the same reason. */
function anySignal(signals) {
  const sources = [...signals]
  const controller = new AbortController()
  const abort = (source) => {
    for (const signal of sources) signal.removeEventListener('abort', onAbort)
    controller.abort(source.reason)
  }
  const onAbort = (event) => abort(event.target)
  for (const signal of sources) signal.addEventListener('abort', onAbort)
  const aborted = sources.find((signal) => signal.aborted)
  if (aborted) abort(aborted)
  return controller.signal
}

class CustomEvent extends Event {
  #detail
  constructor(type, options) {
    super(type, options)
    this.#detail = options?.detail ?? null
  }
  get detail() {
    return this.#detail
  }
}

function defineMissing(target, values) {
  for (const [name, value] of Object.entries(values)) {
    if (name in target) continue
    Object.defineProperty(target, name, { value, writable: true, configurable: true })
  }
}

function installWebGlobals() {
  // Electron 23
  defineMissing(globalThis, { ...webStreams, Blob, BroadcastChannel, structuredClone })
  defineMissing(globalThis, { DOMException: findDOMException() })
  if (!('fetch' in globalThis)) defineMissing(globalThis, loadFetchFamily())
  // Electron 27
  defineMissing(AbortSignal, { any: anySignal })
  // Electron 29
  defineMissing(globalThis, { crypto: webcrypto, CustomEvent })
}

module.exports = { installWebGlobals }
