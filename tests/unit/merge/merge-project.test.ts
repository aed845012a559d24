import { describe, expect, it } from 'vitest'
import { mergeProject } from '../../../src/merge/merge-project.ts'
import { newUserFiles } from './user-files.ts'

type Texts = Record<string, string>

const contents = (texts: Texts): Map<string, Buffer> =>
  new Map(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)]))

function merge(
  base: Texts,
  theirs: Texts,
  ours: Texts,
  moves: Record<string, string[]> = {},
): object[] {
  const mine = newUserFiles(contents(ours), moves)
  return mergeProject(contents(base), contents(theirs), mine).map(
    ({ path, from, outcome, content }) => ({
      path,
      ...(from !== undefined && { from }),
      outcome,
      ...(content && { text: String(content) }),
    }),
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

describe('of a file that the template calls otherwise', () => {
  const LONG = 'one\ntwo\nthree\nfour\nfive\n'
  const MINE = LONG.replace('one', 'mine')
  const THEIRS = LONG.replace('five', 'FIVE')

  it('takes along what the user has changed in it', () => {
    expect(merge({ f: LONG }, { g: LONG }, { f: MINE })).toEqual([
      { path: 'g', from: 'f', outcome: 'merged', text: MINE },
    ])
  })

  it('merges what both have changed', () => {
    expect(merge({ f: LONG }, { g: THEIRS }, { f: MINE })).toEqual([
      { path: 'g', from: 'f', outcome: 'merged', text: MINE.replace('five', 'FIVE') },
    ])
  })

  it('moves one that the user left as it was, or changed in the same way', () => {
    for (const ours of [LONG, THEIRS]) {
      expect(merge({ f: LONG }, { g: THEIRS }, { f: ours })).toMatchObject([
        { path: 'g', from: 'f', text: THEIRS },
      ])
    }
  })

  it('moves a binary one of the user’s, and calls it a conflict', () => {
    expect(merge({ f: '\0a' }, { g: '\0a' }, { f: '\0c' })).toEqual([
      { path: 'g', from: 'f', outcome: 'conflict', text: '\0c' },
    ])
  })

  it('merges into that which the user has called so already', () => {
    expect(merge({ f: LONG }, { g: THEIRS }, { g: MINE })).toEqual([
      { path: 'g', outcome: 'merged', text: MINE.replace('five', 'FIVE') },
    ])
  })

  it('leaves one away that the user has deleted, and names it', () => {
    expect(merge({ f: LONG }, { g: LONG }, {})).toEqual([{ path: 'g', outcome: 'deleted' }])
  })

  it('leaves both alone where the user has another of the new name', () => {
    expect(merge({ f: LONG }, { g: THEIRS }, { f: MINE, g: 'another\n' })).toMatchObject([
      { path: 'f', outcome: 'kept' },
      { path: 'g', outcome: 'conflict' },
    ])
  })

  it('takes another for a new one, of which less is the same or which is of another kind', () => {
    const other = 'one\ntwo\nfor\nfive\nsix\n'
    expect(merge({ f: LONG }, { g: other }, { f: LONG })).toMatchObject([
      { path: 'f', outcome: 'removed' },
      { path: 'g', outcome: 'new' },
    ])
    expect(merge({ 'f.ts': LONG }, { 'f.md': LONG }, { 'f.ts': LONG })).toHaveLength(2)
  })

  it('prefers the same to one that is alike', () => {
    expect(merge({ f: LONG }, { a: THEIRS, b: LONG }, { f: MINE })).toMatchObject([
      { path: 'a', outcome: 'new' },
      { path: 'b', from: 'f' },
    ])
  })
})

describe('of a file that the user has moved', () => {
  it('changes it where it is', () => {
    expect(merge({ f: A }, { f: B }, { mine: A }, { f: ['mine'] })).toEqual([
      { path: 'mine', from: 'f', outcome: 'replaced', text: B },
    ])
  })

  it('names where it may be, and changes none, when that is not certain', () => {
    const mine = newUserFiles(contents({ one: A, two: A }), { f: ['one', 'two'] })
    expect(mergeProject(contents({ f: A }), contents({ f: B }), mine)).toEqual([
      {
        path: 'f',
        outcome: 'deleted',
        conflicts: ['it may be one or two by now, where what the template changed is not'],
      },
    ])
  })

  it('leaves it to the user when the template has it no more', () => {
    expect(merge({ f: A }, {}, { mine: A }, { f: ['mine'] })).toEqual([])
  })
})

it('leaves a package.json as it is that is no JSON, and says why', () => {
  const changes = mergeProject(
    contents({ 'package.json': '{"a":1}' }),
    contents({ 'package.json': '{"a":2}' }),
    newUserFiles(contents({ 'package.json': '{"a":' })),
  )
  expect(changes).toMatchObject([
    { outcome: 'conflict', conflicts: [expect.stringContaining('yours is no JSON')] },
  ])
})
