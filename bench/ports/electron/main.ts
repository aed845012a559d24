// Opens pairs of pages and hands each page one end of a port. Everything else is between the two.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BrowserWindow, MessageChannelMain, app, ipcMain, protocol } from 'electron'
import type { Outcome, Task } from '../cases.ts'
import type { Order } from './messages.ts'

/** Which end of the port a page has. */
type Role = 'client' | 'server'

type Pair = Record<Role, BrowserWindow>

const pairs = new Map<number, Pair>()

/** A page that is isolated from other origins has a clock of 5 µs; others have one of 100 µs. */
const HEADERS = {
  'content-security-policy': "default-src 'self'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
}

const privileges = { standard: true, secure: true, supportFetchAPI: true }
protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges }])
// However small the machine: no two pages share a process.
app.commandLine.appendSwitch('renderer-process-limit', '100')
app.on('window-all-closed', () => {})
ipcMain.handle('read-memory', ({ sender }) => readMemory(sender.id))

void app.whenReady().then(() => {
  protocol.handle('app', answer)
  process.on('message', async ({ id, ...order }: Order & { id: number }) => {
    process.send?.({ id, ...(await carryOut(order)) })
  })
  process.on('disconnect', () => app.exit())
})

async function carryOut(order: Order): Promise<Outcome> {
  try {
    if (order.verb === 'open') await openPair(order.host, order.subject)
    if (order.verb === 'measure') return await measure(order.host, order)
    if (order.verb === 'close') closePair(order.host)
    return {}
  } catch (error) {
    return { error: String(error) }
  }
}

async function openPair(host: number, subject: string): Promise<void> {
  const pair = { client: newWindow(), server: newWindow() }
  pairs.set(host, pair)
  const { port1, port2 } = new MessageChannelMain()
  await Promise.all([load(pair, 'client', subject), load(pair, 'server', subject)])
  pair.client.webContents.postMessage('port', null, [port1])
  pair.server.webContents.postMessage('port', null, [port2])
  for (const { webContents } of [pair.server, pair.client]) {
    const outcome: Outcome = await webContents.executeJavaScript('connected')
    if (outcome.error !== undefined) throw new Error(outcome.error)
  }
  const [one, other] = Object.values(pair).map(({ webContents }) => webContents.getOSProcessId())
  if (one === other) throw new Error('Both pages are in one process.')
}

function newWindow(): BrowserWindow {
  return new BrowserWindow({
    show: false,
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      backgroundThrottling: false,
      preload: join(__dirname, 'preload.cjs'),
    },
  })
}

function load(pair: Pair, role: Role, subject: string): Promise<void> {
  const query = new URLSearchParams({ role, subject })
  return pair[role].loadURL(`app://bench/?${query}`)
}

async function measure(host: number, { name, share }: Task): Promise<Outcome> {
  const task = JSON.stringify({ name, share })
  return pairs.get(host)?.client.webContents.executeJavaScript(`measure(${task})`)
}

function closePair(host: number): void {
  for (const window of Object.values(pairs.get(host) ?? {})) window.destroy()
  pairs.delete(host)
}

/** How many MB the processes of a page and its partner take. */
function readMemory(sender: number): number {
  const pair = [...pairs.values()].find(({ client }) => client.webContents.id === sender)
  const pids = Object.values(pair ?? {}).map(({ webContents }) => webContents.getOSProcessId())
  return app
    .getAppMetrics()
    .filter(({ pid }) => pids.includes(pid))
    .reduce((sum, { memory }) => sum + (memory.workingSetSize * 1024) / 1e6, 0)
}

async function answer(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  if (pathname === '/') {
    const page = '<!doctype html><script type="module" src="/page.js"></script>'
    return new Response(page, { headers: { ...HEADERS, 'content-type': 'text/html' } })
  }
  const script = await readFile(join(__dirname, 'page', pathname), 'utf8')
  return new Response(script, { headers: { ...HEADERS, 'content-type': 'text/javascript' } })
}
