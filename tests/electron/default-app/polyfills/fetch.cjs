/**
 * `session.fetch` and `net.fetch` (since Electron 25). As there, handled schemes are answered by their
 * handler, and http and https go through Chromium's network stack. Files are read here; of a request
 * for a range that part comes, with the status 200, as from Chromium.
 */
const { app, net, session } = require('electron')
const fs = require('node:fs')
const path = require('node:path')
const { fileURLToPath } = require('node:url')
const { toWebStream } = require('./bodies.cjs')
const { findHandler } = require('./protocol-handle.cjs')

const contentTypes = {
  '.css': 'text/css',
  '.gif': 'image/gif',
  '.html': 'text/html',
  '.ico': 'image/x-icon',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.mjs': 'text/javascript',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

const statusesWithoutBody = new Set([101, 204, 205, 304])

async function fetchIn(owner, input, init) {
  const request = new Request(input, init)
  const scheme = new URL(request.url).protocol.slice(0, -1)
  const handler = init?.bypassCustomProtocolHandlers ? undefined : findHandler(owner, scheme)
  if (handler) return askHandler(handler, request)
  if (scheme === 'file') return fetchFile(request)
  if (scheme === 'http' || scheme === 'https') return fetchFromNetwork(owner, request, init)
  throw new Error('net::ERR_UNKNOWN_URL_SCHEME')
}

async function askHandler(handler, request) {
  const response = await handler(request)
  if (response?.type === 'error') throw new Error('net::ERR_FAILED')
  return response
}

async function fetchFile(request) {
  const file = fileURLToPath(request.url.replace(/[?#].*$/, ''))
  const stats = await fs.promises.stat(file).catch(() => undefined)
  if (!stats?.isFile()) throw new Error('net::ERR_FILE_NOT_FOUND')
  const headers = {
    'content-type': contentTypes[path.extname(file).toLowerCase()] ?? 'application/octet-stream',
    'last-modified': stats.mtime.toUTCString(),
  }
  if (request.method === 'HEAD') return new Response(null, { headers })
  const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.get('range')) ?? []
  const part = start && { start: Number(start), end: Number(end) }
  return new Response(toWebStream(fs.createReadStream(file, part)), { headers })
}

/** Follows `lib/browser/api/net-fetch.ts` of electron/electron. */
function fetchFromNetwork(owner, request, init) {
  const { url, method, redirect } = request
  // The request's own signal loses the reason in Node 16.
  const signal = init?.signal ?? request.signal
  const origin = request.headers.get('origin') ?? undefined
  // Without an origin there is no "same origin".
  const credentials =
    request.credentials === 'same-origin' && !origin ? 'include' : request.credentials
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const outgoing = net.request({ session: owner, url, method, redirect, origin, credentials })
    for (const [name, value] of request.headers) outgoing.setHeader(name, value)
    signal.addEventListener('abort', () => {
      reject(signal.reason)
      outgoing.abort()
    })
    outgoing.on('error', reject)
    outgoing.on('response', (incoming) => resolve(toResponse(incoming, method)))
    sendBody(request, outgoing).catch(reject)
  })
}

async function sendBody(request, outgoing) {
  if (request.body) outgoing.write(Buffer.from(await request.arrayBuffer()))
  outgoing.end()
}

function toResponse(incoming, method) {
  const { statusCode: status, statusMessage: statusText } = incoming
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) {
    headers.set(name, [value].flat().join(', '))
  }
  const hasBody = method !== 'HEAD' && !statusesWithoutBody.has(status)
  return new Response(hasBody ? toWebStream(incoming) : null, { status, statusText, headers })
}

function installFetch() {
  app.on('session-created', (owner) => {
    owner.fetch ??= (input, init) => fetchIn(owner, input, init)
  })
  net.fetch ??= (input, init) => session.defaultSession.fetch(input, init)
}

module.exports = { installFetch }
