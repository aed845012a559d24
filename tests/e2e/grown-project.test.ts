import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { runCommand } from '../electron/run-command.ts'
import { pageOf } from './darkroom.ts'
import { copyProject, runScript } from './project.ts'
import { newSound } from './sound.ts'
import { waitForPort } from './wait-for-port.ts'

const SECONDS = 60

/** What its user makes of it later: files of their own, ECMAScript modules, a page in a session of its own. */
describeInElectron('A project that has grown', ({ launch, env }) => {
  let project: string

  beforeAll(async () => {
    const original = inject('workerWindowProject')
    project = join(dirname(original), 'grown')
    await copyProject(original, project)
    const write = async (path: string, content: string | Buffer): Promise<void> => {
      await mkdir(dirname(join(project, path)), { recursive: true })
      await writeFile(join(project, path), content)
    }
    const edit = async (path: string, from: string, to: string): Promise<void> => {
      const text = await readFile(join(project, path), 'utf8')
      expect(text).toContain(from)
      await write(path, text.replace(from, to))
    }
    await runCommand('npm', ['pkg', 'set', 'type=module'], { cwd: project, timeout: 30_000 })
    await edit(
      'src/main/content-security-policy.ts',
      "'font-src':",
      `'media-src': "'self'",\n    'font-src':`,
    )
    await edit('src/main/window.ts', 'webPreferences,\n', OWN_SESSION)
    await write('src/renderer/public/sound.wav', newSound(SECONDS))
    await write('src/renderer/public/empty.txt', '')
    await write('src/renderer/app/small.woff2', Buffer.from('wOF2 and no more'))
    await write('src/renderer/app/small.json', '{ "few": "bytes" }')
    await write('src/renderer/app/own.css', OWN_CSS)
    await write('src/renderer/app/own.ts', OWN_SCRIPT)
    await write('src/renderer/app/worklet.ts', WORKLET)
    await edit('src/renderer/app/main.ts', 'const page =', 'begin()\nconst page =')
    await edit('src/renderer/app/main.ts', 'import', "import { begin } from './own'\nimport")
    await runScript(project, env(), 'build')
  }, 120_000)

  afterAll(() => rm(project, { recursive: true, force: true }))

  const open = async (): Promise<Page> => {
    const { app } = await launch(project)
    const page = await pageOf(app, 'app')
    await waitForPort(page, 'jobs', 1, 10_000)
    return page
  }

  test('works as a package of ECMAScript modules, and passes its own checks and tests', async () => {
    await runScript(project, env(), 'typecheck')
    await runScript(project, env(), 'lint')
    await runScript(project, env(), 'test')
    expect(await runScript(project, env(), 'test:e2e')).not.toMatch(/failed|flaky/)
  }, 300_000)

  test('puts no file into another, which its policy would refuse, however small', async () => {
    const assets = await readdir(join(project, 'out/renderer/assets'))
    expect(assets.join(' ')).toMatch(/small-[\w-]+\.woff2/)
    expect(assets.join(' ')).toMatch(/small-[\w-]+\.json/)
    for (const name of assets.filter((each) => /\.(?:css|js)$/.test(each))) {
      const text = await readFile(join(project, 'out/renderer/assets', name), 'utf8')
      expect(text).not.toMatch(/data:(?:font|application)/)
    }
    const page = await open()
    expect(await page.evaluate(() => Reflect.get(window, 'refused'))).toEqual([])
    expect(await page.evaluate(() => Reflect.get(window, 'few'))).toEqual({ few: 'bytes' })
  })

  test('has its pages served in a session of their own, and joined to the others', async () => {
    const { app } = await launch(project)
    await waitForPort(await pageOf(app, 'app'), 'jobs', 1, 10_000)
    const sessions = await app.evaluate(({ session, webContents }) => {
      const pages = webContents.getAllWebContents()
      return pages.map((page) => page.session === session.defaultSession).toSorted()
    })
    expect(sessions).toEqual([false, true])
  })

  test('serves the parts of a file that are asked for, each with the right status', async () => {
    const page = await open()
    const { length } = newSound(SECONDS)
    const ask = (path: string, range: string, method = 'GET') =>
      page.evaluate(
        async ([url, asked, verb]) => {
          const response = await fetch(url!, { headers: { range: asked! }, method: verb! })
          const body = await response.arrayBuffer()
          const first = body.byteLength > 0 ? new Uint8Array(body)[0] : undefined
          return [
            response.status,
            response.headers.get('content-range'),
            response.headers.get('content-length'),
            body.byteLength,
            first,
          ]
        },
        [path, range, method],
      )
    const wav = '/sound.wav'
    expect(await ask(wav, 'bytes=0-3')).toEqual([206, `bytes 0-3/${length}`, '4', 4, 82]) // "R"
    expect(await ask(wav, 'bytes=8-11')).toEqual([206, `bytes 8-11/${length}`, '4', 4, 87]) // "W"
    const last = [206, `bytes ${length - 2}-${length - 1}/${length}`, '2', 2]
    expect((await ask(wav, 'bytes=-2')).slice(0, 4)).toEqual(last)
    expect((await ask(wav, `bytes=${length - 2}-`)).slice(0, 4)).toEqual(last)
    expect((await ask(wav, `bytes=${length - 2}-${length * 2}`)).slice(0, 4)).toEqual(last)
    for (const range of [`bytes=${length}-`, 'bytes=-0']) {
      const refused = [416, `bytes */${length}`, null, 0, undefined]
      expect(await ask(wav, range)).toEqual(refused)
    }
    for (const range of ['bytes=0-1,4-5', 'bytes=5-2', 'lines=0-3', 'bytes']) {
      expect(await ask(wav, range)).toEqual([200, null, String(length), length, 82])
    }
    expect(await ask(wav, 'bytes', 'HEAD')).toEqual([200, null, String(length), 0, undefined])
    expect(await ask('/empty.txt', 'bytes=0-')).toEqual([416, 'bytes */0', null, 0, undefined])
    expect(await ask('/empty.txt', '')).toEqual([200, null, '0', 0, undefined])
    expect((await ask('/missing.wav', 'bytes=0-'))[0]).toBe(404)
  })

  test('has a contract served by an AudioWorklet', async () => {
    const page = await open()
    const answers = await page.evaluate(() => Reflect.get(window, 'askWorklet')())
    expect(answers).toEqual([3, [0, 1, 2], 'Too loud.', 200_000])
  })

  test('can seek in a sound', async () => {
    const page = await open()
    const played = await page.evaluate(async () => {
      const sound = new Audio('/sound.wav')
      const heard = (event: string) =>
        new Promise((resolve) => sound.addEventListener(event, resolve, { once: true }))
      sound.preload = 'metadata'
      await heard('loadedmetadata')
      const places: number[] = []
      for (const place of [50, 10, 59]) {
        const sought = heard('seeked')
        sound.currentTime = place
        await sought
        places.push(sound.currentTime)
      }
      return { duration: sound.duration, places, isSeekable: sound.seekable.end(0) }
    })
    expect(played).toEqual({ duration: SECONDS, places: [50, 10, 59], isSeekable: SECONDS })
  })
})

const OWN_SESSION = "webPreferences: { ...webPreferences, partition: 'persist:own' },\n"

const OWN_CSS = `
@font-face { font-family: small; src: url('./small.woff2') }
h1 { font-family: small, sans-serif }
`

const OWN_SCRIPT = `
import { openChannel } from '../../ports/channel/channel'
import './own.css'
import address from './small.json?url'
import type { Mixer } from './worklet'
import worklet from './worklet?worker&url'

export function begin(): void {
  const refused: string[] = []
  document.addEventListener('securitypolicyviolation', ({ blockedURI }) => refused.push(blockedURI))
  Object.assign(window, { refused, askWorklet })
  void fetch(address).then(async (response) => {
    Object.assign(window, { few: await response.json() })
  })
}

async function askWorklet(): Promise<unknown[]> {
  const context = new AudioContext()
  await context.audioWorklet.addModule(worklet)
  const { port } = new AudioWorkletNode(context, 'mixer')
  const mixer = openChannel<Mixer>(port)
  const items: number[] = []
  for await (const item of mixer.stream.count(3)) items.push(item)
  return [
    await mixer.call.add(1, 2),
    items,
    await mixer.call.shout().catch(({ message }: Error) => message),
    await mixer.call.weigh('x'.repeat(200_000)),
  ]
}
`

const WORKLET = `
import { openChannel } from '../../ports/channel/channel'

export interface Mixer {
  add(a: number, b: number): Promise<number>
  count(to: number): AsyncIterable<number>
  shout(): Promise<void>
  weigh(text: string): Promise<number>
}

declare class AudioWorkletProcessor {
  readonly port: MessagePort
}
declare function registerProcessor(name: string, processor: typeof AudioWorkletProcessor): void

class Processor extends AudioWorkletProcessor {
  constructor() {
    super()
    openChannel(this.port, mixer)
  }

  process(): boolean {
    return true
  }
}

const mixer: Mixer = {
  add: async (a, b) => a + b,
  async *count(to) {
    for (let item = 0; item < to; item++) yield item
  },
  async shout() {
    throw new Error('Too loud.')
  },
  weigh: async (text) => text.length,
}

registerProcessor('mixer', Processor)
`
