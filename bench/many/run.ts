import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { ElectronApplication } from 'playwright-core'
import { startDisplay } from '../../tests/electron/display.ts'
import { electronEnv } from '../../tests/electron/electron-env.ts'
import { findElectron } from '../../tests/electron/find-electron.ts'
import { launchApp } from '../../tests/electron/launch.ts'
import { inDocument } from '../../tests/e2e/in-document.ts'
import { medianOf, quantileOf } from '../results.ts'
import { formatNumber } from '../table.ts'
import { makeApp } from './app.ts'

const ROUNDS = 200

const electron = await findElectron()
const { display, stop } = await startDisplay()
const project = await makeApp(electronEnv(electron, display))
try {
  console.log(`Electron ${electron.version}\n`)
  await run('opening a window', measureOpening)
  await run('a broadcast', measureBroadcast)
  await run('one that reads nothing', measureHung)
} finally {
  await stop()
  await rm(dirname(project), { recursive: true, force: true, maxRetries: 3 })
}

/** In an app of its own. */
async function run(
  title: string,
  measure: (app: ElectronApplication) => Promise<string[]>,
): Promise<void> {
  const { app, close } = await launchApp({ electron, display, projectPath: project })
  try {
    await app.firstWindow()
    console.log([title, ...(await measure(app)).map((line) => `  ${line}`)].join('\n'))
  } finally {
    await close()
  }
}

/** From `windows.open` to the first answer that the page has from the hub, in milliseconds. */
async function measureOpening(app: ElectronApplication): Promise<string[]> {
  const early: number[] = []
  const late: number[] = []
  for (let round = 0; round < 3; round++) {
    for (let nth = 1; nth <= 21; nth++) {
      const taken = await open(app, `${round} ${nth}`)
      if (nth >= 2 && nth <= 4) early.push(taken)
      if (nth >= 19) late.push(taken)
    }
    await closeAll(app)
  }
  const [second, twentieth] = [medianOf(early), medianOf(late)]
  return [
    `the 2nd to 4th: ${formatNumber(second)} ms, the 19th to 21st: ${formatNumber(twentieth)} ms`,
    `ratio: ${(twentieth / second).toFixed(2)}`,
  ]
}

/** Until all have answered, in microseconds. */
async function measureBroadcast(app: ElectronApplication): Promise<string[]> {
  const lines: string[] = []
  for (const members of [1, 4, 16, 32]) {
    for (let nth = await countOpen(app); nth < members; nth++) await open(app, `${nth}`)
    await lead<number[]>(app, `broadcast(${ROUNDS / 4})`)
    const median = medianOf(await lead<number[]>(app, `broadcast(${ROUNDS})`))
    const each = formatNumber(median / members)
    lines.push(`to ${members}: ${formatNumber(median)} µs, ${each} µs each`)
  }
  return lines
}

/** What a call of another takes while the hub tells all of them something, 200 times a second. */
async function measureHung(app: ElectronApplication): Promise<string[]> {
  for (const key of ['hung', 'one', 'two']) await open(app, key)
  const measure = async (): Promise<number> => {
    const [taken] = await Promise.all([
      inDocument<number[]>(app, 'one', `measure(${ROUNDS * 8})`),
      lead(app, 'tellAll(10_000)'),
    ])
    // The clock of a page ticks ten times a millisecond: a mean, without what the machine was busy with.
    const usual = taken.filter((each) => each <= quantileOf(taken, 0.9))
    return usual.reduce((sum, each) => sum + each, 0) / usual.length
  }
  const before = await measure()
  // It has asked for a stream that it does not read, and cannot even be reached.
  await inDocument(app, 'hung', 'void docs.stream.flood()[Symbol.asyncIterator]().next()')
  await signal(app, 'hung', 'SIGSTOP')
  const stopped = await measure()
  await signal(app, 'hung', 'SIGCONT')
  const after = await measure()
  return [
    `before: ${formatNumber(before)} µs, while one is stopped: ${formatNumber(stopped)} µs, after: ${formatNumber(after)} µs`,
    `ratio: ${(stopped / before).toFixed(2)}`,
  ]
}

function open(app: ElectronApplication, key: string): Promise<number> {
  return app.evaluate(async (_electron, which) => {
    const windows = Reflect.get(globalThis, 'windows')
    const since = performance.now()
    windows.open('document', which)
    const { webContents } = windows.get('document', which)
    await new Promise((resolve) => webContents.once('did-finish-load', resolve))
    await webContents.executeJavaScript(`docs.call.greet('Hello')`)
    return performance.now() - since
  }, key)
}

function countOpen(app: ElectronApplication): Promise<number> {
  return app.evaluate(() => Reflect.get(globalThis, 'windows').keysOf('document').length)
}

function closeAll(app: ElectronApplication): Promise<void> {
  return app.evaluate(async () => {
    const windows = Reflect.get(globalThis, 'windows')
    for (const key of windows.keysOf('document')) {
      const closed = new Promise((resolve) => windows.get('document', key).once('closed', resolve))
      windows.close('document', key)
      await closed
    }
  })
}

function signal(app: ElectronApplication, key: string, name: 'SIGSTOP' | 'SIGCONT'): Promise<void> {
  return app.evaluate(
    (_electron, { which, what }) => {
      const { webContents } = Reflect.get(globalThis, 'windows').get('document', which)
      process.kill(webContents.getOSProcessId(), what)
    },
    { which: key, what: name },
  )
}

/** Has the hub do something, asked by the first window. */
async function lead<Result>(app: ElectronApplication, call: string): Promise<Result> {
  const page = await app.firstWindow()
  return (await page.evaluate(`lead.call.${call}`)) as Result
}
