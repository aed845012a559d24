/**
 * `protocol.handle`, `unhandle` and `isProtocolHandled` (since Electron 25), made of the stream
 * protocols of before. Follows `lib/browser/api/protocol.ts` of electron/electron.
 */
const { app, protocol, session } = require('electron')
const { readUpload, toNodeStream, toWebStream } = require('./bodies.cjs')

const builtInSchemes = new Set(['file', 'http', 'https'])
/** Chromium's net error codes. */
const failed = -2
const unexpected = -9

/** Handlers by session and scheme, since `session.fetch` asks them as well. */
const handlers = new WeakMap()

/** The handler of a scheme in a session, if there is one. */
function findHandler(owner, scheme) {
  return handlers.get(owner)?.get(scheme)
}

function handleIn(owner, scheme, handler) {
  const register = builtInSchemes.has(scheme) ? 'interceptStreamProtocol' : 'registerStreamProtocol'
  const isRegistered = owner.protocol[register](scheme, async (request, respond) => {
    respond(await answer(handler, request, owner))
  })
  if (!isRegistered) throw new Error(`Failed to register protocol: ${scheme}`)
  handlers.set(owner, (handlers.get(owner) ?? new Map()).set(scheme, handler))
}

async function answer(handler, request, owner) {
  try {
    const response = await handler(toWebRequest(request, owner))
    if (!response || typeof response !== 'object') return { error: unexpected }
    if (response.type === 'error') return { error: failed }
    return {
      statusCode: response.status,
      headers: Object.fromEntries(response.headers),
      data: response.body ? toNodeStream(response.body) : null,
    }
  } catch (error) {
    console.error(error)
    return { error: unexpected }
  }
}

function toWebRequest({ url, method, headers, referrer, uploadData }, owner) {
  const upload = uploadData && {
    body: toWebStream(readUpload(uploadData, owner)),
    duplex: 'half',
  }
  return new Request(url, { method, headers, referrer, ...upload })
}

function unhandleIn(owner, scheme) {
  const unregister = builtInSchemes.has(scheme) ? 'uninterceptProtocol' : 'unregisterProtocol'
  if (!owner.protocol[unregister](scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`)
  handlers.get(owner)?.delete(scheme)
}

function isHandledIn(owner, scheme) {
  return builtInSchemes.has(scheme)
    ? owner.protocol.isProtocolIntercepted(scheme)
    : owner.protocol.isProtocolRegistered(scheme)
}

function methodsFor(findOwner) {
  return {
    handle: (scheme, handler) => handleIn(findOwner(), scheme, handler),
    unhandle: (scheme) => unhandleIn(findOwner(), scheme),
    // Electron 22 has one of this name, which is deprecated and returns a Promise.
    isProtocolHandled: (scheme) => isHandledIn(findOwner(), scheme),
  }
}

function installProtocolHandle() {
  app.on('session-created', (owner) => {
    if (!owner.protocol.handle)
      Object.assign(
        owner.protocol,
        methodsFor(() => owner),
      )
  })
  // As in newer Electron, the global `protocol` has its methods from `ready` on. This asked first, so
  // nobody hears of `ready` before.
  app.whenReady().then(extendGlobalProtocol, console.error)
}

function extendGlobalProtocol() {
  if (!protocol.handle) Object.assign(protocol, methodsFor(defaultSession))
}

function defaultSession() {
  return session.defaultSession
}

module.exports = { findHandler, installProtocolHandle }
