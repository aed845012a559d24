import { expect, it } from 'vitest'
import { readCatalogue } from '../../../src/catalogue/catalogue.ts'
import { readTemplates } from '../../../src/catalogue/read-templates.ts'
import { planProject } from '../../../src/render/plan.ts'
import { renderProject } from '../../../src/render/render.ts'
import { makeApp } from '../catalogue.ts'

const TEMPLATES = readTemplates('templates')
const CATALOGUE = readCatalogue('templates')
const NAMES = CATALOGUE.topologies.map(({ name }) => name)
const FEATURES = CATALOGUE.features.map(({ name }) => name)

/** The texts of a project of all topologies, by path. */
function render(features: string[]): Map<string, string> {
  const plan = planProject('my-app', makeApp(NAMES, features), CATALOGUE, '0.0.0')
  const files = [...renderProject(plan, TEMPLATES)]
  return new Map(files.map(([path, { content }]) => [path, content.toString('latin1')]))
}

const whole = render(FEATURES)
const bare = render(FEATURES.filter((name) => name !== 'live'))

it('a project without the live view has no file, import or mention of it', () => {
  const named = [...bare].filter(([path, text]) => {
    // The command that makes the same project again says what is left out.
    const words = path === 'README.md' ? text.replace(' --no-live`', '`') : text
    return /live[- ]?view|live-recorder|scripts\/live|\/live\b|add-?ons|no-live/i.test(path + words)
  })
  expect(named.map(([path]) => path)).toEqual([])
  expect(bare.get('README.md')).toContain(' --no-live`')
})

it('a project without the live view is the same otherwise, in its dependencies too', () => {
  const changed = [...bare].filter(([path, text]) => whole.get(path) !== text)
  expect(changed.map(([path]) => path)).toEqual([
    'README.md',
    '.oxlintrc.json',
    'electron.vite.config.ts',
    'electron-ports.json',
  ])
  const added = [...whole.keys()].filter((path) => !bare.has(path))
  expect(added.filter((path) => !/(^|\/)(live|live-view)(\/|\.)|add-ons/.test(path))).toEqual([])
})
