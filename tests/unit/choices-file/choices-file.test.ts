import Ajv from 'ajv'
import { expect, it } from 'vitest'
import manifest from '../../../package.json' with { type: 'json' }
import {
  formatChoices,
  parseChoices,
  toChoicesFile,
} from '../../../src/choices-file/choices-file.ts'
import { describeSchema } from '../../../src/choices-file/json-schema.ts'
import { FailedError } from '../../../src/errors.ts'

const APP = {
  topologies: new Set(['worker-window', 'main-port']),
  demos: true,
  features: new Set(['packaging', 'live']),
  ui: 'react',
  own: {
    nodes: { search: { kind: 'utility-process' as const }, editor: { kind: 'window' as const } },
    links: { search: { from: 'app', to: 'search' }, edit: { from: 'app', to: 'editor' } },
  },
}
const FILE = toChoicesFile('my-app', APP, '0.0.7')

it('is sorted, and the same in whichever order the choices came', () => {
  expect(formatChoices(FILE)).toBe(`{
  "version": "0.0.7",
  "name": "my-app",
  "topologies": [
    "main-port",
    "worker-window"
  ],
  "demos": true,
  "features": [
    "live",
    "packaging"
  ],
  "ui": "react",
  "nodes": {
    "editor": {
      "kind": "window"
    },
    "search": {
      "kind": "utility-process"
    }
  },
  "links": {
    "edit": {
      "from": "app",
      "to": "editor"
    },
    "search": {
      "from": "app",
      "to": "search"
    }
  }
}
`)
})

it('reads what it writes', () => {
  expect(parseChoices(formatChoices(FILE), 'electron-ports.json')).toEqual(FILE)
})

it('says of which nodes there are many, and of no other', () => {
  const document = { kind: 'window' as const, many: true as const }
  const own = { ...APP.own, nodes: { ...APP.own.nodes, document } }
  const file = toChoicesFile('my-app', { ...APP, own }, '0.0.7')
  expect(file.nodes['document']).toEqual(document)
  expect(parseChoices(formatChoices(file), 'electron-ports.json')).toEqual(file)
})

it('reads one that is older than the features and the frameworks', () => {
  const { features: _, ui: __, ...old } = FILE
  const read = parseChoices(JSON.stringify(old), 'electron-ports.json')
  expect(read).toMatchObject({ features: [], ui: 'vanilla' })
})

it('writes what its JSON Schema allows', () => {
  const validate = new Ajv().compile(describeSchema())
  expect(validate(JSON.parse(formatChoices(FILE)))).toBe(true)
})

it.each<[string, object, string]>([
  ['a key with a slip', { topologes: [] }, '"topologes" is unknown. Did you mean "topologies"?'],
  ['a key that nothing is like', { zzzzzzzz: 1 }, '"zzzzzzzz" is unknown.'],
  ['a missing key', { demos: undefined }, '"demos" is missing.'],
  ['a version that is none', { version: 'new' }, '"version" is no version, such as "1.2.3".'],
  ['an empty name', { name: '' }, '"name" is empty.'],
  ['a topology that is no name', { topologies: [1] }, '"topologies.0" is 1, and should be string.'],
  [
    'an unknown kind',
    { nodes: { a: { kind: 'windw' } } },
    '"nodes.a.kind" is "windw", and should be ("window" | "worker-window" | "utility-process").',
  ],
  [
    'a number of a node that is none',
    { nodes: { a: { kind: 'window', many: false } } },
    '"nodes.a.many" is false, and should be true.',
  ],
  [
    'a node with a slip',
    { nodes: { a: { kind: 'window', mny: true } } },
    '"nodes.a.mny" is unknown. Did you mean "many"?',
  ],
  ['a link without an end', { links: { a: { from: 'b' } } }, '"links.a.to" is missing.'],
  [
    'a link with a slip',
    { links: { a: { from: 'b', to: 'c', frm: 'b' } } },
    '"links.a.frm" is unknown. Did you mean "from"?',
  ],
])('refuses %s by name, as its JSON Schema does', (_, change, words) => {
  const text = JSON.stringify({ ...FILE, ...change })
  expect(() => parseChoices(text, 'the/file.json')).toThrow(
    new FailedError(`"the/file.json" is not as it should be: ${words}`),
  )
  expect(new Ajv().compile(describeSchema())(JSON.parse(text))).toBe(false)
})

it.each([
  ['a release', { version: '99.0.0' }],
  ['a candidate of one', { version: '99.0.0-beta.2' }],
  ['one with choices that are not known here', { version: '99.0.0', colours: true }],
])('refuses the file of a newer version, and names the command for it: %s', (_, change) => {
  expect(() => parseChoices(JSON.stringify({ ...FILE, ...change }), 'the/file.json')).toThrow(
    new FailedError(
      `"the/file.json" is of version ${change.version}, which is newer than this command (${manifest.version}). Run that one, with the same words: npx create-electron-ports@${change.version}`,
    ),
  )
})

it.each([
  ['a node', '"nodes": {', '"nodes": { "search": { "kind": "window" },', 'nodes.search'],
  ['a key', '"demos": true,', '"demos": true, "demos": false,', 'demos'],
  [
    'a key that is written otherwise',
    '"from": "app",',
    '"from": "app", "fr\\u006fm": "x",',
    'links.edit.from',
  ],
])('refuses %s that is there twice', (_, from, to, name) => {
  const text = formatChoices(FILE).replace(from, to)
  expect(() => parseChoices(text, 'the/file.json')).toThrow(
    new FailedError(`"the/file.json" has "${name}" twice. Take one of the two away.`),
  )
})

it('takes names that come in two places, and words that look like keys, for what they are', () => {
  const { links, ...rest } = FILE
  const text = JSON.stringify({
    ...rest,
    name: '"demos": true,',
    links: { ...links, demos: links.edit },
  })
  expect(parseChoices(text, 'the/file.json').links).toHaveProperty('demos')
})

it('refuses what is no JSON', () => {
  expect(() => parseChoices('{', 'the/file.json')).toThrow(/^"the\/file.json" is no JSON: /)
})
