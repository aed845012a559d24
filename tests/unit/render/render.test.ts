import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readTemplates } from '../../../src/catalogue/read-templates.ts'
import { planProject } from '../../../src/render/plan.ts'
import { renderProject } from '../../../src/render/render.ts'
import { readCatalogue } from '../../../src/catalogue/catalogue.ts'
import { makeFolder } from '../../folders.ts'
import { makeApp, makeTopology } from '../catalogue.ts'

const { name: _, files: __, readme, ...description } = makeTopology('worker-window')

/** Renders a project named my-app from `templates`, with all of their topologies and features. */
function render(templates: Record<string, string>) {
  const root = makeFolder({
    'base/package.json': '{}',
    'topologies/worker-window/topology.json': JSON.stringify(description),
    'topologies/worker-window/readme.md': readme,
    ...templates,
  })
  mkdirSync(join(root, 'demos'))
  const catalogue = readCatalogue(root)
  const namesOf = (parts: { name: string }[]): string[] => parts.map(({ name }) => name)
  const app = makeApp(namesOf(catalogue.topologies), namesOf(catalogue.features))
  return renderProject(planProject('my-app', app, catalogue, '1.2.3'), readTemplates(root))
}

const textOf = (files: ReturnType<typeof render>, path: string) =>
  files.get(path)?.content.toString()

it('copies a file byte for byte', () => {
  const files = render({ 'base/src/page.html': '<%= name %>\r\n\uFEFF' })
  expect(files.get('src/page.html')).toEqual({
    content: Buffer.from('<%= name %>\r\n\uFEFF'),
    from: 'base',
    how: 'copied',
  })
})

it('renders a file that ends in .ejs, and drops the ending', () => {
  const files = render({ 'base/README.md.ejs': '# <%- name %>\n\n<%- command %>\n' })
  expect([...files.keys()]).toEqual(['README.md', 'package.json', 'electron-ports.json'])
  expect(files.get('README.md')).toEqual({
    content: Buffer.from(
      '# my-app\n\nnpm create electron-ports@1.2.3 my-app -- --topology worker-window\n',
    ),
    from: 'base',
    how: 'rendered',
  })
})

it('lets a template see topologies, nodes, links and the version, and escapes nothing', () => {
  const files = render({
    'base/a.txt.ejs':
      "<%= topologies[0].title + ' & ' + Object.keys(nodes) + ' <' + links.jobs.to + '> ' + version %>",
  })
  expect(textOf(files, 'a.txt')).toBe('The worker-window & app,worker <worker> 1.2.3')
})

it('turns a leading underscore of any part of a path into a dot, but not two', () => {
  const files = render({
    'base/_gitignore': '',
    'base/_github/workflows/ci.yml': '',
    'base/src/__tests__/a_b.ts': '',
  })
  expect([...files.keys()]).toEqual([
    '.github/workflows/ci.yml',
    '.gitignore',
    'package.json',
    'src/__tests__/a_b.ts',
    'electron-ports.json',
  ])
})

it('lays the topology over the base, without the files that only describe it', () => {
  const files = render({
    'base/readme.md': 'in the base it is a file like any other',
    'topologies/worker-window/src/worker.ts': 'work()',
    'topologies/worker-window/docs/readme.md': 'below the root, too',
  })
  expect([...files].map(([path, { from }]) => `${path} from ${from}`)).toEqual([
    'package.json from base',
    'readme.md from base',
    'docs/readme.md from topologies/worker-window',
    'src/worker.ts from topologies/worker-window',
    'electron-ports.json from the choices',
  ])
})

it('merges package.json of all layers and names the project', () => {
  const files = render({
    'base/package.json': '{"private":true,"devDependencies":{"vite":"^8.0.0"}}',
    'topologies/worker-window/package.json.ejs':
      '{"devDependencies":{"comlink":"^4.0.0"},"title":<%- JSON.stringify(topologies[0].title) %>}',
  })
  expect(files.get('package.json')).toMatchObject({
    from: 'base + topologies/worker-window',
    how: 'merged',
  })
  expect(textOf(files, 'package.json')).toBe(`{
  "name": "my-app",
  "private": true,
  "devDependencies": {
    "comlink": "^4.0.0",
    "vite": "^8.0.0"
  },
  "title": "The worker-window"
}
`)
})

it('refuses two layers that write the same file', () => {
  const templates = {
    'base/src/main.ts': '',
    'topologies/worker-window/src/main.ts.ejs': '',
  }
  expect(() => render(templates)).toThrow(
    new Error('Layers "base" and "topologies/worker-window" both write "src/main.ts".'),
  )
})

it('names the file and the layers when package.json cannot be merged', () => {
  const templates = {
    'base/package.json': '{"type":"module"}',
    'topologies/worker-window/package.json': '{"type":"commonjs"}',
  }
  expect(() => render(templates)).toThrow(
    new Error(
      'Cannot merge "package.json" of base + topologies/worker-window: "type" is both "module" and "commonjs".',
    ),
  )
})

it('names the template and the line when a template fails', () => {
  expect(() => render({ 'base/src/a.ts.ejs': 'one\n<%- nmae %>\n' })).toThrow(
    /^base\/src\/a\.ts\.ejs:2\n[^]*nmae is not defined$/,
  )
})

it('refuses a template that sets a variable it did not declare', () => {
  expect(() => render({ 'base/a.txt.ejs': '<% nodse = {} %>' })).toThrow(/nodse is not defined$/)
})

it('lays the features over the rest, without what describes them', () => {
  const feature = { title: 'Packaging', summary: 'Installers.', without: 'no installers' }
  const files = render({
    'features/packaging/feature.json': JSON.stringify(feature),
    'features/packaging/readme.md': 'It is packed.',
    'features/packaging/package.json': '{"devDependencies":{"electron-builder":"1"}}',
    'features/packaging/icon.svg': '<svg/>',
    'base/README.md.ejs':
      '<% for (const { title, readme } of features) { %><%- title %>: <%- readme %><% } %>',
  })
  expect(textOf(files, 'icon.svg')).toBe('<svg/>')
  expect(textOf(files, 'package.json')).toContain('electron-builder')
  expect(textOf(files, 'README.md')).toBe('Packaging: It is packed.')
  expect(files.has('feature.json')).toBe(false)
})
