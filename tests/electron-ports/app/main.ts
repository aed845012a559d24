/**
 * An app for the cases of `tests/ports/cases`: two pages, each with a dedicated worker, and two
 * utility processes. Main connects any two of them for one case, and plays a part itself.
 */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  BrowserWindow,
  MessageChannelMain,
  type MessagePortMain,
  app,
  ipcMain,
  net,
  protocol,
  utilityProcess,
} from 'electron'
import { type Part, failPlaying, play } from '../../ports/cases/meet.ts'
import type { Pair, Place } from '../pairs.ts'
import { allCases } from '../scenarios.ts'
import { Director, type Send } from './director.ts'
import { countInstances } from './instances.ts'
import type { Outcome } from './order.ts'
import { ownPort } from './own-port.ts'

declare global {
  /** What the main process offers to tests, in whose `evaluate` there is no `require`. */
  var ports: {
    /** Resolves once pages and processes are there. */
    ready: Promise<unknown>
    /** Plays a case between two places. Gives what came of it at either end. */
    play(pair: Pair, name: string, isChecked?: boolean): Promise<Record<Part['role'], string>>
    /** What came of the case that is played, at its reader's end. */
    readerOutcome(): Promise<string>
    /** The process id of a page. */
    processOf(page: Place): number | undefined
    /** How many ports there are in the main process that are no garbage. */
    countPorts(): Promise<number>
  }
}

/** Without these a page posts no shared memory, and nobody has to find that it cannot be read elsewhere. */
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
])
app.on('window-all-closed', () => app.quit())
process.on('uncaughtException', failPlaying)
process.on('unhandledRejection', failPlaying)

const director = new Director<MessagePortMain>(() => new MessageChannelMain())
const receive = (outcome: Outcome): void => director.receive(outcome)
const pages = new Map<Place, BrowserWindow>()

const ready = app.whenReady().then(async () => {
  protocol.handle('app', async ({ url }) => {
    const file = await net.fetch(pathToFileURL(join(__dirname, new URL(url).pathname)).href)
    for (const [name, value] of Object.entries(ISOLATION)) file.headers.set(name, value)
    return file
  })
  director.admit('main', async ({ id, part, isChecked }, port) => {
    receive({ id, outcome: await play(part, ownPort(port, isChecked), allCases) })
  })
  startUtility('utility')
  startUtility('other utility')
  await Promise.all([openPage('page', 'worker'), openPage('other page', 'other worker')])
})

globalThis.ports = {
  ready,
  async play(pair, name, isChecked = true) {
    await ready
    return director.play(pair, name, isChecked)
  },
  readerOutcome: () => director.readerOutcome,
  processOf: (page) => pages.get(page)?.webContents.getOSProcessId(),
  countPorts: () => countInstances(Object.getPrototypeOf(new MessageChannelMain().port1)),
}

function startUtility(place: Place): void {
  const child = utilityProcess.fork(join(__dirname, 'utility.js'))
  child.on('message', receive)
  director.admit(place, (order, port) => child.postMessage(order, [port]))
}

/** Resolves once the page and its worker take orders. */
async function openPage(place: Place, worker: Place): Promise<void> {
  const window = new BrowserWindow({
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      preload: join(__dirname, 'preload.js'),
      // One is behind the other.
      backgroundThrottling: false,
    },
  })
  pages.set(place, window)
  const isAsked = new Promise<void>((resolve) => {
    ipcMain.on('request-orders', ({ sender, senderFrame }) => {
      if (sender !== window.webContents || senderFrame?.parent !== null) return
      const { port1, port2 } = new MessageChannelMain()
      port1.on('message', ({ data }) => receive(data))
      port1.start()
      const send: Send<MessagePortMain> = (order, port) => port1.postMessage(order, [port])
      for (const each of [place, worker]) director.admit(each, send)
      sender.postMessage('orders', null, [port2])
      resolve()
    })
  })
  await window.loadURL(`app://cases/page.html?${encodeURIComponent(place)}`)
  await isAsked
}
