import type { ElectronApplication, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { hasten } from './crash.ts'
import { pageOf } from './darkroom.ts'
import { MANY_FLAGS, writeManyApp } from './many-app.ts'
import { countListeners, expectListenersAsBefore } from './measure.ts'
import { runScript } from './project.ts'
import { useProjectBy } from './use-project.ts'
import { faults, openPorts, watchMain } from './watch-main.ts'

/** Main's `windows`, which the app under test has made a global. */
interface Documents {
  open(node: 'document', key: string): void
  close(node: 'document', key: string): void
  get(node: 'document', key: string): Electron.BrowserWindow | undefined
  keysOf(node: 'document'): string[]
}

/** What a page has seen of its links. */
interface Seen {
  right: number
  wrong: unknown[]
  failed: string[]
  /** Links that it has open. */
  open: number
}

const KEYS = Array.from({ length: 20 }, (_, nth) => String(nth))

/** For how long windows are opened, reloaded, crashed and closed at random, in seconds. */
const SECONDS = Number(process.env['SOAK_SECONDS'] ?? 15)

/** The same order of events for the same number. */
const SEED = Number(process.env['SOAK_SEED'] ?? 16)

describeInElectron('Many windows of one node', ({ env, launch }) => {
  const project = useProjectBy(MANY_FLAGS, env)
  beforeAll(async () => {
    await writeManyApp(project())
    await runScript(project(), env(), 'build')
  }, 120_000)

  const start = async (): Promise<{ app: ElectronApplication; page: Page }> => {
    const { app } = await launch(project())
    return { app, page: await pageOf(app, 'app') }
  }

  test('are one for each key, come to the front when they are opened again, and are closed one by one', async () => {
    const { app, page } = await start()
    for (const key of ['0', '1', '0', '__proto__', 'k'.repeat(100)]) await open(app, key)
    expect(await keysOf(app)).toEqual(['0', '1', '__proto__', 'k'.repeat(100)])
    await expect
      .poll(() => membersIn(page))
      .toEqual(['0', '1', '__proto__', 'k'.repeat(100)].toSorted())
    expect(await documentCount(app)).toBe(4)
    for (const key of ['__proto__', 'k'.repeat(100), 'never opened']) await close(app, key)
    await expect.poll(() => keysOf(app)).toEqual(['0', '1'])
    await expect.poll(() => inMember(app, '1', 'document.title')).toBe('document 1')
    await expect.poll(() => inMember(app, '1', 'answers.docs > 2')).toBe(true)
    for (const key of ['', 'k'.repeat(101)]) {
      expect(await open(app, key)).toContain('A key is a string of 1 to 100 characters.')
    }
    expect(await documentCount(app)).toBe(2)
  })

  test('go down one by one: who asks for another has it', async () => {
    const { app, page } = await start()
    await hasten(app)
    for (const key of ['0', '1']) await open(app, key)
    await expect.poll(() => stateOf(page, '0')).toBe('connected')
    for (let crashes = 1; crashes <= 6; crashes++) {
      await expect.poll(() => inMember(app, '0', 'document.title')).toBe('document 0')
      await crashMember(app, '0')
    }
    await expect.poll(() => stateOf(page, '1')).toBe('connected')
    const link = page.evaluate(() => {
      // One that is not in the list is asked for all the same.
      const { Link, ports } = Reflect.get(globalThis, 'kernel')
      const down = new Link(ports, 'view', {}, { to: '0' })
      Reflect.set(globalThis, 'down', down)
      return down.call.greet('0,app,x').catch((error: { code: string }) => error.code)
    })
    expect(await link).toBe('down')
    await open(app, '0')
    await expect
      .poll(() => page.evaluate(() => Reflect.get(globalThis, 'down').state))
      .toBe('connected')
    await expect.poll(() => inMember(app, '1', 'answers.docs > 2')).toBe(true)
  })

  test('learn and say nothing but their own key, whatever they ask', async () => {
    const { app } = await start()
    for (const key of ['0', '1']) await open(app, key)
    for (const key of ['0', '1']) {
      await expect.poll(() => inMember(app, key, 'document.title')).toBe(`document ${key}`)
    }
    const ask = (ask: string): Promise<unknown> => inMember(app, '0', askRaw(ask))
    expect(await ask("{ link: 'ports:own-key', to: '1', key: '1', node: 'app' }")).toMatchObject({
      type: 'ports:grant',
      peer: { node: 'document', key: '0' },
    })
    expect(await ask("{ link: 'ports:members:hub' }")).toMatchObject({ code: 'refused' })
    expect(await ask("{ link: 'view', to: '1' }")).toMatchObject({ code: 'refused' })
    expect(await ask("{ link: 'talk', to: '0' }")).toMatchObject({ code: 'refused' })
    expect(await ask("{ link: 'docs', to: '1' }")).toMatchObject({ code: 'refused' })
    for (const to of ['7', '{}', "''", "'k'.repeat(101)", "'k'.repeat(1e6)"]) {
      expect(await ask(`{ link: 'talk', to: ${to} }`)).toMatch(/^Error: (A key is|The hand-off is)/)
    }
    const flood = `for (let nth = 0; nth < 5000; nth++) portsBridge.open({ link: 'talk', nonce: 'n' + nth, to: 'nobody' + nth })`
    await inMember(app, '0', flood)
    const before = Number(await inMember(app, '1', 'answers.docs'))
    await expect.poll(() => inMember(app, '1', `answers.docs > ${before + 3}`)).toBe(true)
    expect(await inMember(app, '1', 'seen.wrong.length + seen.failed.length')).toBe(0)
    expect(await peersOf(app, '1')).toEqual(['0', '1'])
  })

  test(
    `keep their links and nobody else’s through ${SECONDS} s of opening, reloading, crashing and closing`,
    async () => {
      const { app, page } = await start()
      await watchMain(app)
      await hasten(app)
      // Once for what is only ever made once.
      await openAll(app, KEYS.slice(0, 3))
      await closeAll(app)
      await expect.poll(() => openLinks(page)).toBe(0)
      const before = {
        listeners: await countListeners(app, page),
        heap: await heapOf(app),
        ports: await openPorts(app),
      }

      const events = await storm(app)
      expect(Object.keys(events).toSorted()).toEqual(['close', 'crash', 'open', 'reload'])

      await openAll(app, KEYS)
      for (const key of KEYS) await expectAnswers(app, key)
      await expect.poll(() => membersIn(page), { timeout: 20_000 }).toEqual(KEYS.toSorted())
      await expect.poll(() => peersOf(app, '0'), { timeout: 20_000 }).toEqual(KEYS.toSorted())
      const seen = [
        await seenBy(page),
        ...(await Promise.all(KEYS.map((key) => inMember(app, key, 'seen')))),
      ]
      for (const { right, wrong, failed } of seen as Seen[]) {
        expect({ wrong, failed }).toEqual({ wrong: [], failed: [] })
        expect(right).toBeGreaterThan(0)
      }

      await closeAll(app)
      await expect.poll(() => openLinks(page), { timeout: 20_000 }).toBe(0)
      await expect.poll(() => openPorts(app), { timeout: 20_000 }).toBe(before.ports)
      await expectListenersAsBefore(app, page, before.listeners, 30)
      // Of each question from here, and of each window, Electron keeps something: about 1 KB.
      const allowed = 2e6 + 3000 * Object.values(events).reduce((sum, count) => sum + count, 0)
      await expect
        .poll(async () => (await heapOf(app)) - before.heap, { timeout: 20_000 })
        .toBeLessThan(allowed)
      expect(await faults(app)).toEqual([])
      if (SECONDS > 15) console.log(events, 'heap of main:', before.heap, await heapOf(app))
    },
    SECONDS * 1000 + 180_000,
  )
})

/** Returns what it threw, if it did. */
function open(app: ElectronApplication, key: string): Promise<string | undefined> {
  return app.evaluate((_electron, which) => {
    try {
      ;(Reflect.get(globalThis, 'windows') as Documents).open('document', which)
      return undefined
    } catch (error) {
      return String(error)
    }
  }, key)
}

function close(app: ElectronApplication, key: string): Promise<void> {
  return app.evaluate((_electron, which) => {
    ;(Reflect.get(globalThis, 'windows') as Documents).close('document', which)
  }, key)
}

function keysOf(app: ElectronApplication): Promise<string[]> {
  return app.evaluate(() => (Reflect.get(globalThis, 'windows') as Documents).keysOf('document'))
}

/** Opens those that are not open; one that is just being closed is opened once it is. */
async function openAll(app: ElectronApplication, keys: string[]): Promise<void> {
  const openMissing = async (): Promise<string[]> => {
    for (const key of keys) await open(app, key)
    return (await keysOf(app)).toSorted()
  }
  await expect.poll(openMissing, { timeout: 20_000 }).toEqual(keys.toSorted())
  for (const key of keys) {
    await expect
      .poll(() => inMember(app, key, 'document.title'), { timeout: 30_000 })
      .toBe(`document ${key}`)
  }
}

async function closeAll(app: ElectronApplication): Promise<void> {
  for (const key of await keysOf(app)) await close(app, key)
  await expect.poll(() => documentCount(app), { timeout: 20_000 }).toBe(0)
}

function documentCount(app: ElectronApplication): Promise<number> {
  return app.evaluate(
    ({ webContents }) =>
      webContents.getAllWebContents().filter((each) => each.getURL().includes('/document/')).length,
  )
}

/** Evaluates in the page of a member, by main: Playwright takes one that has crashed for dead. */
function inMember(app: ElectronApplication, key: string, code: string): Promise<unknown> {
  return app.evaluate(
    (_electron, { which, expression }) => {
      const window = (Reflect.get(globalThis, 'windows') as Documents).get('document', which)
      // A page that is replaced meanwhile does not answer.
      const late = new Promise<string>((resolve) => setTimeout(() => resolve('no answer'), 2000))
      return Promise.race([window?.webContents.executeJavaScript(expression).catch(String), late])
    },
    { which: key, expression: code },
  )
}

function crashMember(app: ElectronApplication, key: string): Promise<void> {
  return app.evaluate(async (_electron, which) => {
    const window = (Reflect.get(globalThis, 'windows') as Documents).get('document', which)
    const gone = new Promise<void>((resolve) =>
      window?.webContents.once('render-process-gone', () => resolve()),
    )
    window?.webContents.forcefullyCrashRenderer()
    await gone
  }, key)
}

/** Asks through the preload. Gives the first answer, or what was thrown. */
function askRaw(ask: string): string {
  return `new Promise((resolve) => {
    const nonce = crypto.randomUUID()
    addEventListener('message', ({ data }) => { if (data.nonce === nonce) resolve(data) })
    try { portsBridge.open({ ...${ask}, nonce }) } catch (error) { resolve(String(error)) }
  })`
}

/** Whom the hub serves, as it tells a member. */
async function peersOf(app: ElectronApplication, key: string): Promise<string[]> {
  const answer = await inMember(app, key, `docs.call.greet('who is there?')`)
  const [, , peers = ''] = answer as string[]
  return peers
    .split(',')
    .map((each) => each.split(' ')[0] as string)
    .toSorted()
}

/** Its hub and its neighbour answer it again. */
async function expectAnswers(app: ElectronApplication, key: string): Promise<void> {
  const read = async (): Promise<Record<string, number>> =>
    (await inMember(app, key, 'answers')) as Record<string, number>
  const neighbour = `talk ${(Number(key) + 1) % 20}`
  const { docs = 0, [neighbour]: talk = 0 } = await read()
  const isAnswered = async (): Promise<boolean> => {
    const now = await read()
    return (now['docs'] ?? 0) > docs && (now[neighbour] ?? 0) > talk
  }
  await expect.poll(isAnswered, { timeout: 20_000, message: `the links of ${key}` }).toBe(true)
}

async function membersIn(page: Page): Promise<string[]> {
  const connected = await page.evaluate(() =>
    Object.entries(Reflect.get(globalThis, 'views') as Record<string, { state: string }>)
      .filter(([, { state }]) => state === 'connected')
      .map(([key]) => key),
  )
  return connected.toSorted() // which the page of an old Electron cannot
}

function stateOf(page: Page, key: string): Promise<string | undefined> {
  return page.evaluate((which) => Reflect.get(globalThis, 'views')[which]?.state, key)
}

function seenBy(page: Page): Promise<Seen> {
  return page.evaluate(() => Reflect.get(globalThis, 'seen'))
}

async function openLinks(page: Page): Promise<number> {
  return (await seenBy(page)).open
}

/** What main has in use, in bytes, after its garbage was collected. */
function heapOf(app: ElectronApplication): Promise<number> {
  return app.evaluate(() => {
    Reflect.get(globalThis, 'collectGarbage')()
    return process.memoryUsage().heapUsed
  })
}

/** Opens, reloads, crashes and closes windows at random. Gives how often it did each. */
async function storm(app: ElectronApplication): Promise<Record<string, number>> {
  return app.evaluate(
    async (_electron, { keys, seconds, seed }) => {
      const windows = Reflect.get(globalThis, 'windows') as Documents
      const counts: Record<string, number> = {}
      let state = seed
      const next = (below: number): number => {
        state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
        return Math.floor((state / 2 ** 32) * below)
      }
      const until = Date.now() + seconds * 1000
      while (Date.now() < until) {
        const key = keys[next(keys.length)] as string
        const what = ['reload', 'crash', 'close', 'reload'][next(4)] as string
        const contents = windows.get('document', key)?.webContents
        const done = contents ? what : 'open'
        counts[done] = (counts[done] ?? 0) + 1
        if (!contents) windows.open('document', key)
        else if (what === 'reload') contents.reload()
        else if (what === 'crash') contents.forcefullyCrashRenderer()
        else windows.close('document', key)
        await new Promise((resolve) => setTimeout(resolve, 50 + next(150)))
      }
      return counts
    },
    { keys: KEYS, seconds: SECONDS, seed: SEED },
  )
}
