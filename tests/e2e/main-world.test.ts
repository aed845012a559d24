import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ElectronApplication, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { crash, crashAndLoad } from './crash.ts'
import { pageOf } from './darkroom.ts'
import { evaluateOver, expectOver } from './devtools.ts'
import { closeWindow, textFromMain } from './from-main.ts'
import {
  MESSAGES_HAVE_COME,
  expectFigures,
  expectLink,
  expectMore,
  importAskForPort,
  loadScript,
  loadScriptFromMain,
} from './gauge.ts'
import {
  blockMain,
  countListeners,
  countListenersOfMain,
  expectListenersAsBefore,
  readStderr,
} from './measure.ts'
import { addFrame, ask, openBarePage } from './raw-ports.ts'
import { startScript } from './start-script.ts'
import { useProject } from './use-project.ts'
import { expectIdle, faults, openPorts, readings, watchMain } from './watch-main.ts'

describeInElectron('The main world', ({ launch, env }) => {
  const project = useProject(['main-world'], env)
  /** The app with main watched from its first moment, and nobody but the gauge to ask for figures. */
  const open = async (): Promise<{ app: ElectronApplication; page: Page; gauge: Page }> => {
    const { app } = await launch(project())
    await watchMain(app)
    const [page, gauge] = [await pageOf(app, 'app'), await pageOf(app, 'gauge')]
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByText('Paused').waitFor()
    return { app, page, gauge }
  }
  const openWithPort = async () => {
    const opened = await open()
    await loadScript(opened.gauge)
    return opened
  }

  test('gives a script its port once, though it comes seconds after its page', async () => {
    const { app, gauge } = await open()
    await noteGrants(gauge)
    await gauge.waitForTimeout(3000)
    expect(await grantsOf(gauge)).toEqual([])

    await loadScript(gauge)

    expect(await grantsOf(gauge)).toEqual([['ports:grant', 'plain-figures', 1, 1]])
    const facts = await gauge.getByRole('list', { name: 'What this page is' }).textContent()
    expect(facts).toMatch(/port instanceof MessagePort true/)
    expect(facts).toMatch(/typeof require undefined/)
    expect(facts).toMatch(/typeof process undefined/)
    expect(facts).toMatch(/location.origin app:\/\/bundle/)
    expect(Number(/the script came (\d+\.\d) s after/.exec(facts ?? '')?.[1])).toBeGreaterThan(2.5)
    expect(await openPorts(app)).toBe(2)
    await expectMore(gauge)
    expect(await grantsOf(gauge)).toHaveLength(1)
  })

  test('serves its scripts as they were written, and has no other', async () => {
    const { gauge } = await openWithPort()
    const sources = await gauge.evaluate(() =>
      [...document.scripts].map(({ src }) => new URL(src).pathname),
    )
    expect(sources).toEqual(['/main-world/page.js', '/main-world/late.js'])
    sources.push('/main-world/ask-for-port.js', '/main-world/chart.js') // imported by the latter
    for (const path of sources) {
      const served = await gauge.evaluate((url) => fetch(url).then((got) => got.text()), path)
      const written = await readFile(join(project(), 'src/renderer/public', path), 'utf8')
      expect(served).toBe(written)
    }
  })

  test('gives a MessagePort of the page’s own world, another one for each that asks', async () => {
    const { app, gauge } = await open()
    await gauge.evaluate(importAskForPort)
    const found = await gauge.evaluate(async () => {
      const askForPort = Reflect.get(window, 'askForPort')
      const ports: MessagePort[] = await Promise.all([
        askForPort('plain-figures'),
        askForPort('plain-figures'),
      ])
      const kinds = ports.map((port) => [
        port instanceof MessagePort,
        port.constructor === MessagePort,
        Object.getPrototypeOf(port) === MessagePort.prototype,
        Object.prototype.toString.call(port),
        Object.getOwnPropertyNames(port).length,
      ])
      const first = (port: MessagePort): Promise<unknown> =>
        new Promise((resolve) => {
          port.addEventListener('message', ({ data }) => resolve(Object.keys(data)))
          port.start()
          port.postMessage({ every: 100 })
        })
      return { areTwo: ports[0] !== ports[1], kinds, answers: await Promise.all(ports.map(first)) }
    })
    const genuine = [true, true, true, '[object MessagePort]', 0]
    expect(found).toEqual({
      areTwo: true,
      kinds: [genuine, genuine],
      answers: [
        ['at', 'processes'],
        ['at', 'processes'],
      ],
    })
    expect(await openPorts(app)).toBe(3)
  })

  test('says why there is no port, and takes the next', async () => {
    const { gauge } = await open()
    await gauge.evaluate(importAskForPort)
    const outcome = await gauge.evaluate(async () => {
      const askForPort = Reflect.get(window, 'askForPort')
      const reasonFor = (link: unknown): Promise<string> =>
        askForPort(link).then(
          () => 'a port',
          (error: Error) => error.message,
        )
      const refused = [await reasonFor('jobs'), await reasonFor('figures')]
      const given = await askForPort('plain-figures')
      return { refused, given: given instanceof MessagePort }
    })
    expect(outcome).toEqual({
      refused: [
        'There is no link "jobs" in src/topology.ts.',
        'The link "figures" goes from "app" to "main" in src/topology.ts: "gauge" is not its "from".',
      ],
      given: true,
    })
  })

  test('takes no grant that is forged: with a wrong nonce, or from a frame that knows it', async () => {
    const { gauge } = await open()
    await gauge.evaluate(importAskForPort)
    const frame = await addFrame(gauge)
    await frame.evaluate(() => {
      // Called by the page, it posts from the frame all the same.
      const forge = (nonce: string, port: MessagePort): void => {
        parent.postMessage({ type: 'ports:grant', link: 'plain-figures', nonce }, '*', [port])
      }
      Object.assign(window, { forge })
    })
    const outcome = await gauge.evaluate(async () => {
      const heard: string[] = []
      const sources: boolean[] = []
      addEventListener('message', ({ source }) => sources.push(source === window))
      const newPort = (name: string): MessagePort => {
        const { port1, port2 } = new MessageChannel()
        port1.addEventListener('message', () => heard.push(name))
        port1.start()
        return port2
      }
      crypto.randomUUID = () => 'a-b-c-d-e'
      const asked: Promise<MessagePort> = Reflect.get(window, 'askForPort')('plain-figures')
      // All of these are there before main's answer can be.
      for (const nonce of ['guessed', '', 'a-b-c-d-']) {
        postMessage({ type: 'ports:grant', nonce }, location.origin, [newPort(nonce)])
      }
      Reflect.get(frames[0] as Window, 'forge')('a-b-c-d-e', newPort('frame'))
      const port = await asked
      const isFigure = await new Promise((resolve) => {
        port.addEventListener('message', ({ data }) => resolve(Array.isArray(data.processes)))
        port.start()
        port.postMessage({ every: 100 })
      })
      return { isFigure, heard, sources }
    })
    expect(outcome).toEqual({ isFigure: true, heard: [], sources: [true, true, true, false, true] })
  })

  test('lets no second frame have the bridge, the grant or the port', async () => {
    const { app, gauge } = await open()
    const frames = [await addFrame(gauge), await addFrame(gauge, 'allow-scripts')]
    for (const frame of frames) {
      await frame.evaluate(() => {
        const heard: unknown[] = []
        addEventListener('message', ({ data }) => heard.push(data), true)
        Object.assign(window, { heard })
      })
    }
    await loadScript(gauge)
    for (const frame of frames) {
      const found = await frame.evaluate(() => ({
        bridge: 'portsBridge' in window,
        heard: Reflect.get(window, 'heard'),
        names: Object.getOwnPropertyNames(window).filter((name) =>
          /electron|ipc|require/i.test(name),
        ),
      }))
      expect(found).toEqual({ bridge: false, heard: [], names: [] })
    }
    expect(await ask(gauge, 'open', 'plain-figures')).toMatchObject({ type: 'ports:grant' })
    expect(await openPorts(app)).toBe(3)
  })

  test('is isolated: what the preload put there leads to nothing of Electron', async () => {
    const { gauge } = await open()
    const found = await gauge.evaluate(() => {
      const bridge = Reflect.get(window, 'portsBridge') as unknown as Record<
        string,
        (value: unknown) => unknown
      >
      const intrinsics = new Set<unknown>([Object.prototype, Function.prototype])
      const seen = new Set<unknown>()
      const paths: string[] = []
      const walk = (value: unknown, path: string): void => {
        if (Object(value) !== value || intrinsics.has(value) || seen.has(value)) return
        seen.add(value)
        paths.push(path)
        walk(Object.getPrototypeOf(value), `${path}.[[Prototype]]`)
        for (const key of Reflect.ownKeys(value as object)) {
          const property = Object.getOwnPropertyDescriptor(value, key)
          for (const part of ['value', 'get', 'set'] as const) {
            // Of a function of this world the way back to itself.
            if (key !== 'constructor') walk(property?.[part], `${path}.${String(key)}`)
          }
        }
      }
      walk(bridge, 'bridge')
      const functions = Object.values(bridge) as (() => unknown)[]
      const caught = [
        undefined,
        null,
        5,
        'open',
        {},
        { link: {}, nonce: [] },
        () => {},
        Symbol('a'),
      ]
        .flatMap((value) => ['open', 'accept', 'withdraw'].map((verb) => [verb, value] as const))
        .map(([verb, value]) => {
          try {
            return bridge[verb]?.(value)
          } catch (error) {
            return error instanceof Error || typeof error
          }
        })
      return {
        paths: paths.filter((path) => !path.endsWith('.prototype')),
        ownWorld: functions.every((each) => each.constructor === Function),
        results: [...new Set(caught.map(String))],
        isFixed: !Reflect.set(window, 'portsBridge', {}) || !Reflect.deleteProperty(bridge, 'open'),
        globals: [
          'require',
          'process',
          'module',
          'exports',
          'Buffer',
          'global',
          '__dirname',
        ].filter((name) => name in window),
        place: [location.origin, isSecureContext],
      }
    })
    expect(found).toEqual({
      paths: ['bridge', 'bridge.open', 'bridge.accept', 'bridge.withdraw'],
      ownWorld: true,
      results: ['true', 'undefined'],
      isFixed: true,
      globals: [],
      place: ['app://bundle', true],
    })
    // Whatever was asked there, the page gets its port.
    await loadScript(gauge)
  })

  test('carries 10,000 plain messages in order, both ways, what was posted early among them', async () => {
    const { app, gauge } = await open()
    await echoNumbers(app)
    await gauge.evaluate(importAskForPort)
    const echoed = await gauge.evaluate(async () => {
      const port: MessagePort = await Reflect.get(window, 'askForPort')('plain-figures')
      for (let n = 0; n < 5000; n++) port.postMessage({ n })
      port.start()
      const numbers: number[] = []
      return new Promise<number[]>((resolve) => {
        port.addEventListener('message', ({ data }) => {
          if (typeof data.n === 'number') numbers.push(data.n)
          if (numbers.length === 10_000) resolve(numbers)
        })
        for (let n = 5000; n < 10_000; n++) port.postMessage({ n })
      })
    })
    const inOrder = Array.from({ length: 10_000 }, (_, n) => n)
    expect(echoed).toEqual(inOrder)
    expect(await app.evaluate(() => Reflect.get(globalThis, 'numbers'))).toEqual(inOrder)
  })

  test('works beside the kernel, whose page keeps its link when a plain script asks there too', async () => {
    const { app, page, gauge } = await openWithPort()
    await page.getByRole('button', { name: 'Watch' }).click()
    await page.evaluate(importAskForPort)
    const isMessagePort = await page.evaluate(async () => {
      const port = await Reflect.get(window, 'askForPort')('figures')
      port.close() // the kernel may have done so
      return port instanceof MessagePort
    })
    expect(isMessagePort).toBe(true)
    await expect.poll(() => openPorts(app)).toBe(2)
    await expectLink(page, 1)
    await expectFigures(page)
    await expectMore(gauge)
  })

  test('goes on after main was blocked for two seconds', async () => {
    const { app, gauge } = await openWithPort()
    await blockMain(app, 2000)
    await expectMore(gauge)
    expect(await openPorts(app)).toBe(2)
  })

  test('hears nothing in messages that are none, and main lives', async () => {
    const { app, gauge } = await open()
    const output = readStderr(app)
    const before = await readings(app)
    await gauge.evaluate(importAskForPort)
    await gauge.evaluate(async () => {
      const port: MessagePort = await Reflect.get(window, 'askForPort')('plain-figures')
      const answers: unknown[] = []
      port.addEventListener('message', ({ data }) => answers.push(data))
      port.start()
      const deep = {}
      for (let level = 0, at: Record<string, unknown> = deep; level < 1000; level++) {
        at = at['every'] = {}
      }
      const values: unknown[] = [
        null,
        undefined,
        true,
        0,
        'text',
        12n,
        [],
        {},
        new Map(),
        new Date(),
      ]
      values.push(new Error('no'), /every/, deep, 'x'.repeat(2e7), new Uint8Array(2e7))
      values.push({ length: 1 }, { every: undefined }, { Every: 100 })
      for (const every of [
        null,
        '100',
        'fast',
        [100],
        {},
        Number.NaN,
        100n,
        true,
        new Date(),
        deep,
      ]) {
        values.push({ every })
      }
      for (const value of values) port.postMessage(value)
      const buffer = new ArrayBuffer(8)
      port.postMessage({ every: 100, buffer }, [buffer]) // arrives as null
      port.postMessage(new MessageChannel().port1.constructor.name)
      port.postMessage({ port: 1 }, [new MessageChannel().port2])
      Object.assign(window, { port, answers })
    })
    await settle(gauge)
    expect(await gauge.evaluate(() => Reflect.get(window, 'answers'))).toEqual([])
    expect(await readings(app)).toBe(before)

    // The same port works all the same.
    await gauge.evaluate(() => Reflect.get(window, 'port').postMessage({ every: 100 }))
    await expect
      .poll(() => gauge.evaluate(() => Reflect.get(window, 'answers').length))
      .toBeGreaterThan(2)
    expect(await faults(app)).toEqual([])
    expect(output()).not.toMatch(/exception|unhandled/i)
  })

  test('moves a pace that is out of bounds to the nearest that is allowed', async () => {
    const { app, gauge } = await open()
    await gauge.evaluate(importAskForPort)
    const countAnswers = (wanted: number[]): Promise<number[]> =>
      gauge.evaluate(async (paces) => {
        const counts = paces.map(() => 0)
        for (const [at, every] of paces.entries()) {
          const port: MessagePort = await Reflect.get(window, 'askForPort')('plain-figures')
          port.addEventListener('message', () => (counts[at]! += 1))
          port.start()
          port.postMessage({ every })
        }
        await new Promise((resolve) => setTimeout(resolve, 1200))
        return counts
      }, wanted)
    // The last is 1 ms to Node's timers, as is all that is too much for them.
    const before = await readings(app)
    expect(await countAnswers([1e99, Infinity, 2 ** 32, 2 ** 31])).toEqual([1, 1, 1, 1])
    expect((await readings(app)) - before).toBeLessThanOrEqual(4)
    for (const count of await countAnswers([-1, 0, 1e-9, -Infinity])) {
      expect(count).toBeGreaterThan(2)
      expect(count).toBeLessThan(15)
    }
  })

  test('does not multiply its work in a flood of wishes, or for a page that takes every port', async () => {
    const { app, gauge } = await openWithPort()
    await gauge.evaluate(importAskForPort)
    const before = await readings(app)
    const closed = await gauge.evaluate(async () => {
      const askForPort = Reflect.get(window, 'askForPort')
      const ports: MessagePort[] = []
      let count = 0
      for (let i = 0; i < 30; i++) {
        const port: MessagePort = await askForPort('plain-figures')
        port.addEventListener('close', () => (count += 1))
        port.start()
        for (let wish = 0; wish < 300; wish++) port.postMessage({ every: 100 })
        ports.push(port)
      }
      await new Promise((resolve) => setTimeout(resolve, 1000))
      Object.assign(window, { takenPorts: ports })
      return count
    })
    // One is the script's own, and sixteen there may be.
    expect(closed).toBe(15)
    expect(await openPorts(app)).toBe(17)
    expect((await readings(app)) - before).toBeLessThan(100)

    await gauge.evaluate(() => {
      for (const port of Reflect.get(window, 'takenPorts') as MessagePort[]) port.close()
    })
    await expect.poll(() => openPorts(app)).toBe(2)
    await gauge.getByRole('button', { name: 'Ask for another port' }).click()
    await expectMore(gauge)
  })

  test('answers bad arguments of the contract with errors in words, and goes on', async () => {
    const { app } = await open()
    const bare = await openBarePage(app, 'app')
    await ask(bare, 'open', 'figures')
    const answers = await bare.evaluate(async () => {
      const [port] = Reflect.get(window, 'rawPorts') as [MessagePort]
      const received: unknown[][] = []
      port.addEventListener('message', ({ data }) => received.push(data))
      port.start()
      const wanted = [undefined, null, 'fast', Number.NaN, {}, [5], 5n]
      const withSignal = { 1: 0 }
      for (const [id, every] of wanted.entries()) {
        port.postMessage([7, 'stream', id, 'watch', withSignal, 16, every, undefined])
      }
      port.postMessage([4, 'call', 90, 'constructor', undefined])
      port.postMessage([4, 'call', 91, 'sing', undefined])
      port.postMessage([7, 'stream', 92, 'watch', withSignal, 16, -1, undefined])
      port.postMessage([7, 'stream', 93, 'watch', withSignal, 16, 1e99, undefined])
      await new Promise((resolve) => setTimeout(resolve, 1000))
      return received.map(([, kind, id, what]) => ({ kind, id, what }))
    })
    const of = (id: number) => answers.filter((answer) => answer.id === id)
    for (let id = 0; id < 7; id++) {
      expect(of(id)).toMatchObject([
        { kind: 'error', what: { message: 'How often? Give a number of milliseconds.' } },
      ])
    }
    expect([...of(90), ...of(91)].map(({ kind }) => kind)).toEqual(['error', 'error'])
    expect(of(92).length).toBeGreaterThan(2)
    expect(of(92).length).toBeLessThan(13)
    expect(of(93)).toHaveLength(1)
    expect(await faults(app)).toEqual([])
  })

  test('reads figures for nobody: after a close, a reload, another page, a crash and a closed window', async () => {
    const { app, page, gauge } = await open()
    await expectIdle(app)

    await loadScript(gauge)
    await gauge.getByRole('button', { name: 'Close the port' }).click()
    expect(await gauge.getByRole('status').textContent()).toMatch(/^The port is closed/)
    await expectIdle(app)

    await gauge.getByRole('button', { name: 'Ask for another port' }).click()
    await expectMore(gauge)
    await gauge.reload()
    await expectIdle(app)

    await loadScript(gauge)
    await openBarePage(app, 'gauge')
    await expectIdle(app)
    await gauge.goto('app://bundle/gauge/index.html')

    await page.getByRole('button', { name: 'Watch' }).click()
    await expectFigures(page)
    await page.getByRole('button', { name: 'Pause' }).click()
    await expectIdle(app, 2)

    await loadScript(gauge)
    await crash(app, 'gauge')
    await expectIdle(app, 2)

    await expect.poll(() => loadScriptFromMain(app, 'gauge')).toMatch(MESSAGES_HAVE_COME)
    await closeWindow(app, 'gauge')
    await expectIdle(app, 2)

    await page.getByRole('button', { name: 'Show the plain page' }).click()
    await loadScript(await pageOf(app, 'gauge'))
  })

  test('lasts through 100 reloads of either page, and leaves no listener and no port', async () => {
    const { app, page, gauge } = await openWithPort()
    let port = 1
    // A document that is gone before main has read what it asked for gets no port.
    const reloadBoth = async (): Promise<void> => {
      await Promise.all([page.reload(), gauge.reload()])
      await expectLink(page, ++port)
      await loadScript(gauge)
    }
    for (let i = 0; i < 3; i++) await reloadBoth()
    const before = await countListeners(app, gauge)

    for (let i = 0; i < 100; i++) await reloadBoth()

    expect(port).toBe(104)
    await expectFigures(page)
    await expectMore(gauge)
    await expect.poll(() => openPorts(app)).toBe(2)
    await expectListenersAsBefore(app, gauge, before, 9)
    expect(await faults(app)).toEqual([])
  }, 300_000)

  test('lasts through 20 crashes of either page, and leaves no listener and no port', async () => {
    const { app } = await openWithPort()
    const before = await countListenersOfMain(app)
    for (let i = 0; i < 20; i++) {
      // One after the other: to load two at once that have just crashed can end Electron 22 itself.
      for (const node of ['app', 'gauge']) {
        await crashAndLoad(app, node)
      }
      await expect
        .poll(() => loadScriptFromMain(app, 'gauge'), { timeout: 10_000 })
        .toMatch(MESSAGES_HAVE_COME)
    }
    const badge = () => textFromMain(app, 'app', '#links')
    await expect.poll(badge, { timeout: 10_000 }).toMatch(/figures · connected · port \d+/)
    await expect.poll(() => textFromMain(app, 'app', '.main-world .status')).toMatch(/^Watching/)
    await expect.poll(() => openPorts(app)).toBe(2)
    expect(await countListenersOfMain(app)).toEqual(before)
    expect(await faults(app)).toEqual([])
  }, 120_000)

  test('says in the page that its script is not there', async () => {
    const { gauge } = await open()
    await gauge.route(/late\.js/, (route) => route.abort()).catch(() => {})
    await gauge.evaluate(() => {
      const append = document.head.append.bind(document.head)
      document.head.append = (...nodes) => {
        for (const node of nodes) if (node instanceof HTMLScriptElement) node.src = '/missing.js'
        append(...nodes)
      }
    })
    await gauge.getByRole('button', { name: 'Load the script' }).click()
    await expect.poll(() => gauge.getByRole('status').textContent()).toMatch(/was not found/)
  })

  test.each(['app', 'gauge'])('shows the page of "%s" whole, and at 800 pixels', async (node) => {
    const { app, page, gauge } = await openWithPort()
    const shown = node === 'app' ? page : gauge
    await page.getByRole('button', { name: 'Watch' }).click()
    await expectFigures(page)
    const sizes = () =>
      shown.evaluate(() => ({
        needed: document.documentElement.scrollHeight <= innerHeight,
        cutOff: [...document.querySelectorAll('main *')]
          .filter((element) => element.getBoundingClientRect().right > innerWidth)
          .map((element) => element.className),
        width: innerWidth,
      }))
    expect(await sizes()).toEqual({ needed: true, cutOff: [], width: 1080 })
    const window = await app.browserWindow(shown)
    await window.evaluate((each) => each.setContentSize(800, 760))
    await expect.poll(sizes).toEqual({ needed: true, cutOff: [], width: 800 })
  })

  test('gives the same port to the same script in development', async () => {
    const { debuggingPort } = await startScript(project(), 'dev', env())
    const text = (selector: string) => `document.querySelector('${selector}')?.textContent`
    await expectOver(debuggingPort, 'gauge', "document.querySelector('.ask').disabled", false)
    await expectOver(debuggingPort, 'app', text('#links'), 'figures · connected · port 1')
    await evaluateOver(debuggingPort, 'gauge', "document.querySelector('.ask').click()")
    const hasCome = `/${MESSAGES_HAVE_COME.source}/.test(${text('.count')})`
    await expectOver(debuggingPort, 'gauge', hasCome, true)
    expect(await evaluateOver(debuggingPort, 'gauge', 'location.protocol')).toBe('http:')
    expect(await evaluateOver(debuggingPort, 'gauge', text('.facts'))).toMatch(/MessagePort true/)
    const served = "fetch('/main-world/late.js').then((got) => got.text())"
    const written = join(project(), 'src/renderer/public/main-world/late.js')
    expect(await evaluateOver(debuggingPort, 'gauge', served)).toBe(await readFile(written, 'utf8'))
  })
})

/** Lets main write down and send back the messages that are a number in `n`, at its end of every port. */
async function echoNumbers(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ MessageChannelMain }) => {
    const numbers: number[] = []
    const { prototype } = new MessageChannelMain().port1.constructor
    const { emit } = prototype
    prototype.emit = function echoing(this: Electron.MessagePortMain, ...args: unknown[]) {
      const n: unknown = (args[1] as { data?: { n?: unknown } } | undefined)?.data?.n
      if (args[0] === 'message' && typeof n === 'number') {
        numbers.push(n)
        this.postMessage({ n })
      }
      return emit.apply(this, args)
    }
    Reflect.set(globalThis, 'numbers', numbers)
  })
}

/** Notes every answer of main that reaches this page from now on: its kind, link, ports and generation. */
async function noteGrants(page: Page): Promise<void> {
  await page.evaluate(() => {
    const grants: unknown[] = []
    const note = ({ data, ports }: MessageEvent): void => {
      grants.push([data.type, data.link, ports.length, data.generation])
    }
    addEventListener('message', note, true)
    Object.assign(window, { grants })
  })
}

function grantsOf(page: Page): Promise<unknown[]> {
  return page.evaluate(() => Reflect.get(window, 'grants'))
}

/** What was posted before has been read: another port of the same page is not faster by a second. */
async function settle(page: Page): Promise<void> {
  await page.waitForTimeout(1000)
}
