import { type AddressInfo, createServer } from 'node:net'
import { expect } from 'vitest'
import { WebSocket } from 'ws'

interface Target {
  type: string
  title: string
  url: string
  webSocketDebuggerUrl: string
}

/**
 * Evaluates in a page of an app that was started with a port for remote debugging: by its own scripts,
 * where Playwright cannot start it, and cannot connect to it either.
 *
 * @param node  Whose page it is; of one of many, its title.
 * @param expression  Its value, awaited, is what comes back.
 */
export async function evaluateOver(
  debuggingPort: number,
  node: string,
  expression: string,
): Promise<unknown> {
  const socket = await connect(debuggingPort, node)
  if (!socket) return undefined
  try {
    const params = { expression, awaitPromise: true, returnByValue: true }
    socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params }))
    const data = await new Promise<string>((resolve) => {
      socket.once('message', (message) => resolve(String(message)))
    })
    return JSON.parse(data).result?.result?.value
  } finally {
    socket.close()
  }
}

/** What the browser itself has complained of in a page, as of what its policy refuses. */
export async function readLogOver(debuggingPort: number, node: string): Promise<string[]> {
  const socket = await connect(debuggingPort, node)
  if (!socket) throw new Error(`There is no page of "${node}".`)
  const entries: string[] = []
  const isRead = new Promise<void>((resolve) => {
    socket.on('message', (message) => {
      const { id, params } = JSON.parse(String(message))
      if (id)
        resolve() // what was said before comes before that
      else if (params.entry.level === 'error') entries.push(params.entry.text)
    })
  })
  socket.send(JSON.stringify({ id: 1, method: 'Log.enable' }))
  await isRead
  socket.close()
  return entries
}

/** Crashes a page, which the app loads again. Resolves once its process has gone. */
export function crashOver(debuggingPort: number, node: string): Promise<void> {
  return haveDone(debuggingPort, node, 'Page.crash', 'Inspector.targetCrashed')
}

/** Reloads a page. Resolves once it is loaded again. */
export function reloadOver(debuggingPort: number, node: string): Promise<void> {
  return haveDone(debuggingPort, node, 'Page.reload', 'Page.loadEventFired')
}

/** Calls a method, and waits for the event that tells of its end. */
async function haveDone(port: number, node: string, method: string, event: string): Promise<void> {
  const socket = await connect(port, node)
  if (!socket) throw new Error(`There is no page of "${node}".`)
  const done = new Promise<void>((resolve) => {
    socket.on('message', (message) => {
      if (JSON.parse(String(message)).method === event) resolve()
    })
  })
  for (const [id, each] of ['Inspector.enable', 'Page.enable', method].entries()) {
    socket.send(JSON.stringify({ id, method: each }))
  }
  await done
  socket.close()
}

/** The addresses of the pages there are. */
export async function pagesOver(debuggingPort: number): Promise<string[]> {
  const targets = await listTargets(debuggingPort)
  return targets.filter(({ type }) => type === 'page').map(({ url }) => url)
}

async function listTargets(debuggingPort: number): Promise<Target[]> {
  const response = await fetch(`http://127.0.0.1:${debuggingPort}/json`)
  return (await response.json()) as Target[]
}

async function connect(debuggingPort: number, node: string): Promise<WebSocket | undefined> {
  const targets = await listTargets(debuggingPort)
  const target = targets.find(({ url, title }) => url.includes(`/${node}/`) || title === node)
  if (!target) return undefined
  const socket = new WebSocket(target.webSocketDebuggerUrl)
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  return socket
}

/** Evaluates again and again until the value is as expected; a page that is not there yet has none. */
export async function expectOver(
  debuggingPort: number,
  node: string,
  expression: string,
  expected: unknown,
): Promise<void> {
  const value = () => evaluateOver(debuggingPort, node, expression).catch(() => undefined)
  await expect.poll(value, { timeout: 45_000, interval: 100 }).toEqual(expected)
}

export async function findFreePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
