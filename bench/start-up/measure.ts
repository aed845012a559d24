import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { WebSocket } from 'ws'

/** In milliseconds after the start of the process. */
export interface StartUp {
  paint: number
  /** When the page of the first window said that a link was connected. */
  link: number | undefined
}

/** What a page answers by when it is painted and, if it is to have one, a link of it connected. */
const TIMES = (hasLink: boolean): string => `new Promise((resolve) => {
  const now = () => performance.timeOrigin + performance.now()
  let link
  const look = () => {
    if (document.querySelector('.link[data-state="connected"]')) link ??= now()
    const [paint] = performance.getEntriesByName('first-contentful-paint')
    if (!paint || (${hasLink} && !link)) return setTimeout(look, 2)
    resolve({ paint: performance.timeOrigin + paint.startTime, link })
  }
  look()
})`

/** Starts a packed app once, with a new profile, and ends it. */
export async function measureStart(program: string, hasLink: boolean): Promise<StartUp> {
  const port = await findFreePort()
  const profile = mkdtempSync(join(tmpdir(), 'bench-start-up-'))
  const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const args = [...flags, `--remote-debugging-port=${port}`, `--user-data-dir=${profile}`]
  const start = Date.now()
  const child = spawn(program, args, { stdio: 'ignore', detached: true })
  try {
    const { paint, link } = await ask(await findPage(port), TIMES(hasLink))
    return { paint: paint - start, link: link && link - start }
  } finally {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    await once(child, 'exit')
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

/** The address for debugging of the first window's page, once there is one. */
async function findPage(port: number): Promise<string> {
  for (;;) {
    const targets = await fetch(`http://127.0.0.1:${port}/json`).then(
      (response) => response.json(),
      () => [],
    )
    for (const { type, url, webSocketDebuggerUrl } of targets) {
      if (type === 'page' && /\/(app|renderer)\/index\.html/.test(url)) return webSocketDebuggerUrl
    }
    await delay(5)
  }
}

/** For how long a page may be without a paint or a link, in milliseconds, until the bench gives up. */
const PATIENCE_MS = 60_000

/** A page that is about to go elsewhere forgets the question: then it is asked again. */
async function ask(address: string, expression: string): Promise<StartUp> {
  const socket = new WebSocket(address)
  const signal = AbortSignal.timeout(PATIENCE_MS)
  await once(socket, 'open')
  try {
    for (;;) {
      const params = { expression, awaitPromise: true, returnByValue: true }
      socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params }))
      const [message] = await once(socket, 'message', { signal })
      const value = JSON.parse(String(message)).result?.result?.value
      if (value) return value
    }
  } finally {
    socket.close()
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
