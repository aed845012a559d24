/** What the `app://` scheme answers; everything else is a file of `page/`. */
const { net } = require('electron')
const path = require('node:path')
const { setTimeout: delay } = require('node:timers/promises')
const { pathToFileURL } = require('node:url')

const state = { cancelled: 0, pulled: 0 }

const routes = {
  '/echo': async (request) =>
    Response.json(
      {
        method: request.method,
        contentType: request.headers.get('content-type'),
        body: await request.text(),
      },
      { status: 201, headers: { 'x-fixture': 'echo' } },
    ),
  '/many-headers': () => {
    const headers = new Headers({ 'x-list': 'one' })
    headers.append('x-list', 'two')
    return new Response('many', { headers })
  },
  '/empty': () => new Response(null, { status: 204 }),
  '/missing': () => new Response('There is no such page', { status: 404 }),
  '/throws': () => Promise.reject(new Error('thrown by the handler, as the test wants')),
  '/error': () => Response.error(),
  '/nothing': () => undefined,
  '/slow': () => new Response(slowly(['one ', 'two ', 'three'])),
  '/breaks': () => new Response(slowly(['one ', new Error('in the middle')])),
  '/silent': () => new Response(silent()),
  '/endless': () => new Response(endless()),
  '/range': (request) => {
    const range = request.headers.get('range')
    const headers = { 'x-range': range, 'content-range': 'bytes 2-4/10' }
    return new Response('cde', { status: 206, headers })
  },
  '/cancelled': () => new Response(String(state.cancelled)),
  '/pulled': () => new Response(String(state.pulled)),
}

function answer(request) {
  const { pathname } = new URL(request.url)
  const route = routes[pathname]
  return route
    ? route(request)
    : net.fetch(String(pathToFileURL(path.join(__dirname, 'page', pathname))))
}

function slowly(chunks) {
  const left = [...chunks]
  return new ReadableStream({
    async pull(controller) {
      await delay(20)
      const chunk = left.shift()
      if (chunk instanceof Error) controller.error(chunk)
      else if (chunk) controller.enqueue(new TextEncoder().encode(chunk))
      else controller.close()
    },
  })
}

/** One chunk, and then nothing more: only cancelling ends it. */
function silent() {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('one'))
    },
    cancel() {
      state.cancelled++
    },
  })
}

/** Chunks of 64 KiB, for as long as they are asked for. */
function endless() {
  return new ReadableStream({
    pull(controller) {
      state.pulled++
      controller.enqueue(new Uint8Array(65_536))
    },
    cancel() {
      state.cancelled++
    },
  })
}

module.exports = { answer }
