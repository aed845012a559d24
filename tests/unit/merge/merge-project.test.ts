import { describe, expect, it } from 'vitest'
import { mergeProject } from '../../../src/merge/merge-project.ts'

type Texts = Record<string, string>

const contents = (texts: Texts): Map<string, Buffer> =>
  new Map(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)]))

function merge(base: Texts, theirs: Texts, ours: Texts): object[] {
  const mine = contents(ours)
  return mergeProject(contents(base), contents(theirs), (path) => mine.get(path)).map(
    ({ path, outcome, content }) => ({ path, outcome, ...(content && { text: String(content) }) }),
  )
}

const A = 'a\n'
const B = 'b\n'
const C = 'c\n'

describe('of a file that the template has not changed', () => {
  it.each([
    ['as it was', { f: A }],
    ['as the user changed it', { f: C }],
    ['deleted', {}],
  ])('says nothing: %s', (_, ours) => expect(merge({ f: A }, { f: A }, ours)).toEqual([]))
})

describe('of a file that the template has changed', () => {
  it('replaces one that the user left as it was', () => {
    expect(merge({ f: A }, { f: B }, { f: A })).toEqual([
      { path: 'f', outcome: 'replaced', text: B },
    ])
  })

  it('replaces one that differs in its line ends alone, and keeps those', () => {
    expect(merge({ f: A }, { f: B }, { f: 'a\r\n' })).toEqual([
      { path: 'f', outcome: 'replaced', text: 'b\r\n' },
    ])
  })

  it('says nothing of one that the user has changed in the same way', () => {
    expect(merge({ f: A }, { f: B }, { f: B })).toEqual([])
  })

  it('leaves one away that the user has deleted, and names it', () => {
    expect(merge({ f: A }, { f: B }, {})).toEqual([{ path: 'f', outcome: 'deleted' }])
  })

  it('merges one that the user has changed elsewhere', () => {
    const base = 'a\nb\nc\n'
    expect(merge({ f: base }, { f: 'A\nb\nc\n' }, { f: 'a\nb\nC\n' })).toEqual([
      { path: 'f', outcome: 'merged', text: 'A\nb\nC\n' },
    ])
  })

  it('shows a conflict in one that the user has changed in the same place', () => {
    expect(merge({ f: A }, { f: B }, { f: C })).toMatchObject([
      { outcome: 'conflict', text: expect.stringContaining('<<<<<<< yours\nc\n|||||||') },
    ])
  })

  it('leaves a binary one of the user’s as it is, and calls it a conflict', () => {
    expect(merge({ f: '\0a' }, { f: '\0b' }, { f: '\0c' })).toEqual([
      { path: 'f', outcome: 'conflict' },
    ])
  })
})

describe('of a file that the template gains', () => {
  it('writes it where there is none', () => {
    expect(merge({}, { f: A }, {})).toEqual([{ path: 'f', outcome: 'new', text: A }])
  })

  it('says nothing where the user has the same', () => {
    expect(merge({}, { f: A }, { f: A })).toEqual([])
  })

  it('shows a conflict where the user has another', () => {
    expect(merge({}, { f: A }, { f: B })).toMatchObject([{ outcome: 'conflict' }])
  })
})

describe('of a file that the template drops', () => {
  it('removes one that the user left as it was', () => {
    expect(merge({ f: A }, {}, { f: A })).toEqual([{ path: 'f', outcome: 'removed' }])
  })

  it('keeps one that the user has changed, and names it', () => {
    expect(merge({ f: A }, {}, { f: B })).toEqual([{ path: 'f', outcome: 'kept' }])
  })

  it('says nothing of one that the user has deleted', () => {
    expect(merge({ f: A }, {}, {})).toEqual([])
  })
})

it('leaves a package.json as it is that is no JSON, and says why', () => {
  const changes = mergeProject(
    contents({ 'package.json': '{"a":1}' }),
    contents({ 'package.json': '{"a":2}' }),
    () => Buffer.from('{"a":'),
  )
  expect(changes).toMatchObject([
    { outcome: 'conflict', conflicts: [expect.stringContaining('yours is no JSON')] },
  ])
})
