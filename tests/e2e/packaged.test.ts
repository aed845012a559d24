import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { listPackage } from '@electron/asar'
import { FuseV1Options, FuseState, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { waitForSessionToEnd } from '../electron/processes.ts'
import { ALL_TOPOLOGIES } from './demos.ts'
import {
  crashOver,
  evaluateOver,
  expectOver,
  findFreePort,
  pagesOver,
  reloadOver,
} from './devtools.ts'
import { AUTHORS, expectLinksToWork, killIndexer, linksOf, openMembers } from './links-at-work.ts'
import { NATIVE_SAYS, addNativeModule } from './native-module.ts'
import {
  type StartedApp,
  copyWithFeed,
  packInstallers,
  packageApp,
  readCommand,
  startPackaged,
} from './packaged-app.ts'
import { NEW_FILE, offerUpdate } from './update-server.ts'
import { useProject } from './use-project.ts'

/** The first look comes some seconds after the start. */
const PATIENCE = { timeout: 45_000 }

/** Those whose pages have a window that the user closes, the first window last. */
const WINDOWS = ['gauge', 'preview', ...AUTHORS, 'tabs', 'app']

/** And those that are in no window, or in none that is seen. */
const PAGES = ['worker', 'tab', 'guest', ...WINDOWS]

describeInElectron('A packaged app of all topologies', ({ electron, env }) => {
  const project = useProject(ALL_TOPOLOGIES, env)
  let app = ''
  let hasNative = false
  beforeAll(async () => {
    hasNative = await addNativeModule(project())
    app = await packageApp(project(), env(), electron())
  }, 300_000)
  const started: StartedApp[] = []
  const servers: { close: () => void }[] = []
  afterAll(async () => {
    for (const server of servers) server.close()
    await Promise.all(started.map(({ stop }) => stop()))
  })
  const start = async (
    folder: string,
    own: Record<string, string> = {},
    args: string[] = [],
    program = 'my-app',
  ) => {
    const running = await startPackaged(join(folder, program), { ...env(), ...own }, args)
    started.push(running)
    return running
  }

  test('has the fuses that its project declares', async () => {
    const wire = await getCurrentFuseWire(join(app, 'my-app'))
    const isOn = (fuse: FuseV1Options): boolean => wire[fuse] === FuseState.ENABLE
    expect(isOn(FuseV1Options.RunAsNode)).toBe(false)
    expect(isOn(FuseV1Options.EnableCookieEncryption)).toBe(true)
    expect(isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(false)
    expect(isOn(FuseV1Options.EnableNodeCliInspectArguments)).toBe(false)
    expect(isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(true)
    expect(isOn(FuseV1Options.OnlyLoadAppFromAsar)).toBe(true)
    expect(isOn(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot)).toBe(false)
    expect(isOn(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(false)
  })

  test('holds what runs and nothing else, in two megabytes', () => {
    const files = listPackage(join(app, 'resources/app.asar'), { isPack: false })
    const own = files.filter((path) => !path.startsWith('/node_modules'))
    expect(own.filter((path) => !/^\/(package\.json|out(\/.*)?)$/.test(path))).toEqual([])
    expect(own).toEqual(expect.arrayContaining(['/out/utility/indexer/indexer.cjs']))
    expect(files.filter((path) => /\/\.|\.map$|\.ts$|\/old|\.md$|\/tests?\//.test(path))).toEqual(
      [],
    )
    const modules = new Set(files.map((path) => /^\/node_modules\/([^/]+)/.exec(path)?.[1]))
    for (const tool of ['electron', 'electron-builder', 'vite', 'vitest', 'typescript']) {
      expect(modules).not.toContain(tool)
    }
    const size = sizeOf(join(app, 'resources/app.asar'))
    expect(size).toBeLessThan(2_000_000)
    const electronItself = new Set(
      readdirSync(electron().distPath, { recursive: true }).map(String),
    )
    const added = readdirSync(app, { recursive: true }).map(String)
    const isOurs = (path: string): boolean =>
      !electronItself.has(path) && !path.startsWith('resources/app.asar.unpacked')
    expect(added.filter(isOurs)).toEqual(['my-app', 'resources/app.asar'])
    console.log(`All topologies, updates and manners: ${size} bytes beside Electron.`)
  })

  test('has compiled code beside its archive, from where a utility process loads it', async ({
    skip,
  }) => {
    if (!hasNative) skip('There is no compiler, or no headers of Node.')
    const beside = readdirSync(join(app, 'resources/app.asar.unpacked'), { recursive: true })
    expect(beside).toContain('node_modules/native-sum/sum.node')
    expect(beside.filter((path) => !/^node_modules(\/native-sum(\/|$)|$)/.test(`${path}`))).toEqual(
      [],
    )
    const { output, stop } = await start(app)
    await expect.poll(output, PATIENCE).toContain(NATIVE_SAYS)
    await stop()
  })

  test('works: every link, after a reload, a crash and a kill too, whatever the environment says, and ends', async () => {
    const inspector = await findFreePort()
    const { debuggingPort, exitCode, session, output } = await start(
      app,
      {
        ELECTRON_RUN_AS_NODE: '1',
        NODE_OPTIONS: '--require /nowhere.cjs',
        ELECTRON_RENDERER_URL: 'http://127.0.0.1:1',
      },
      [`--inspect=${inspector}`],
    )
    const running = { debuggingPort, output }
    await openMembers(running)
    const rounds = [await expectLinksToWork(running)]
    const pages = await pagesOver(debuggingPort)
    expect(pages.filter((url) => !url.startsWith('app://'))).toEqual([])
    await expect(fetch(`http://127.0.0.1:${inspector}/json`)).rejects.toThrow('fetch failed')

    for (const page of PAGES) await reloadOver(debuggingPort, page)
    rounds.push(await expectLinksToWork(running))
    for (const page of PAGES) await crashOver(debuggingPort, page)
    await killIndexer(running)
    rounds.push(await expectLinksToWork(running))

    for (const node of WINDOWS) await evaluateOver(debuggingPort, node, 'setTimeout(close)')
    expect({ code: await exitCode, output: output() }).toMatchObject({ code: 0 })
    expect(await waitForSessionToEnd(session, 15_000)).toEqual([])
    console.log(drawTable(rounds))
  }, 180_000)

  test('is in a .deb and in an AppImage, and starts from there', async () => {
    const { deb, image } = await packInstallers(project(), env())
    const control = readFileSync(join(deb, 'DEBIAN/control'), 'utf8')
    expect(control).toContain('Package: my-app\n')
    expect(control).toContain('Maintainer: Emma <emma@example.com>\n')
    expect(control).toContain('Homepage: https://example.com\n')
    const icon = readFileSync('templates/features/packaging/build/icon.svg', 'utf8')
    const icons = 'usr/share/icons/hicolor/scalable/apps/my-app.svg'
    for (const [folder, program] of [
      [join(deb, 'opt/my-app'), 'my-app'],
      [image, 'AppRun'],
    ] as const) {
      expect(existsSync(join(folder, 'resources/app.asar'))).toBe(true)
      const { debuggingPort } = await start(folder, {}, [], program)
      await expectOver(
        debuggingPort,
        'app',
        `document.querySelector('.link').dataset.state`,
        'connected',
      )
    }
    for (const root of [deb, image]) expect(readFileSync(join(root, icons), 'utf8')).toBe(icon)
    const entries = [
      join(deb, 'usr/share/applications/my-app.desktop'),
      join(image, 'my-app.desktop'),
    ]
    for (const entry of entries) {
      const text = readFileSync(entry, 'utf8')
      expect(text).toContain('MimeType=x-scheme-handler/my-app;')
      expect(text).not.toContain('--no-sandbox')
    }

    const entry = readFileSync(entries[0]!, 'utf8')
    const [program, ...args] = readCommand(entry, 'my-app://open?id=1')
    expect(program).toBe('/opt/my-app/my-app')
    const { output, startAgain } = await start(deb, {}, args, program)
    await expect.poll(output, PATIENCE).toContain('Followed my-app://open?id=1\n')
    expect(await startAgain(readCommand(entry, 'my-app://open?id=2').slice(1))).toBe(0)
    await expect.poll(output, PATIENCE).toContain('Followed my-app://open?id=2\n')
  }, 120_000)

  // Each with an `expect` of its own, for those of tests at once are not told from each other.
  describe.concurrent('with an address for updates', () => {
    /** Starts a copy that looks there. */
    async function startWithFeed(name: string, url: string) {
      const copy = join(dirname(project()), name)
      const own = copyWithFeed(app, copy, url)
      const { output, debuggingPort } = await start(copy, own)
      const downloads = () => readdirSync(own['XDG_CACHE_HOME']!, { recursive: true }).join()
      return { output, downloads, port: debuggingPort }
    }

    const readyState = (port: number) => evaluateOver(port, 'app', 'document.readyState')

    async function offer(version: string, content?: Buffer): Promise<string> {
      const server = await offerUpdate(version, content)
      servers.push(server)
      return server.url
    }

    test('has the new version that is there, checked, for when it ends', async ({
      expect: expectHere,
    }) => {
      const { output, downloads } = await startWithFeed('new', await offer('9.9.9'))
      await expectHere.poll(output, PATIENCE).toContain('New version 9.9.9 has been downloaded')
      expectHere(downloads()).toContain(NEW_FILE)
    })

    test('leaves it at that when there is none', async ({ expect: expectHere }) => {
      const { output, downloads } = await startWithFeed('none', await offer('0.1.0'))
      await expectHere.poll(output, PATIENCE).toContain('Update for version 0.1.0 is not available')
      expectHere(downloads()).not.toContain(NEW_FILE)
    })

    test('takes none that is not what its checksum says, tells so, and goes on', async ({
      expect: expectHere,
    }) => {
      const url = await offer('9.9.9', Buffer.from('another'))
      const { output, downloads, port } = await startWithFeed('forged', url)
      await expectHere.poll(output, PATIENCE).toMatch(/not be had: Error: sha512 checksum mismatch/)
      expectHere(downloads()).not.toMatch(new RegExp(`(^|[/,])${NEW_FILE}`))
      await expectHere.poll(() => readyState(port), PATIENCE).toBe('complete')
    })

    test('tells that nobody answers, and goes on', async ({ expect: expectHere }) => {
      const { output, port } = await startWithFeed('gone', 'http://127.0.0.1:1')
      await expectHere.poll(output, PATIENCE).toMatch(/could not be had: Error: net::ERR_/)
      expectHere(output()).not.toMatch(/Unhandled/)
      await expectHere.poll(() => readyState(port), PATIENCE).toBe('complete')
    })
  })
})

function sizeOf(path: string): number {
  return statSync(path).size
}

/** @param rounds  For each how many links of each topology have worked: after the start, a reload, and crashes. */
function drawTable(rounds: Record<string, number>[]): string {
  const head = [
    'topology',
    'packaged',
    'started',
    'links work',
    'reloaded',
    'crashed',
    'quit clean',
  ]
  const rows = ALL_TOPOLOGIES.map((topology) => {
    const counts = rounds.map((round) => `${round[topology]} of ${linksOf(topology).length}`)
    return [topology, 'yes', 'yes', ...counts, 'yes']
  })
  return [head, ...rows]
    .map((row) => `| ${row.map((cell, at) => cell.padEnd(at === 0 ? 15 : 10)).join(' | ')} |`)
    .join('\n')
}
