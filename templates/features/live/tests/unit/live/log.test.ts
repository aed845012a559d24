import { describe, expect, test } from 'vitest'
import type { Batch, Entry } from '../../../src/live/contract'
import { exportRows } from '../../../src/live/exported'
import { Log, MOST_ROWS } from '../../../src/live/log'

const APP = { node: 'app' }

function batchOf(...entries: Entry[]): Batch {
  return { tallies: [], entries, unlisted: 0 }
}

function ask(id: number, kind: 'call' | 'stream' | 'notify' = 'call'): Entry {
  const about = { link: 'jobs', generation: 1, method: 'work', at: 1000 + id }
  return { what: 'asked', id, kind, args: `[${id}]`, ...about }
}

function answer(id: number): Entry {
  return { what: 'answered', id, how: 'answered', after: 5, answer: `"${id}"` }
}

describe('The log', () => {
  test('has a call and its answer in one row', () => {
    const log = new Log()
    log.add('1', APP, batchOf(ask(1), ask(2), answer(2), answer(1)))
    expect(exportRows(log).map(({ args, answer: words }) => [args, words])).toEqual([
      [[1], '1'],
      [[2], '2'],
    ])
  })

  test('counts the items of a stream, and keeps the first of them', () => {
    const log = new Log()
    const items = Array.from({ length: 70 }, (_, at) => String(at))
    const come: Entry = { what: 'items', id: 1, count: 70, items }
    log.add('1', APP, batchOf(ask(1, 'stream'), come, come))
    expect(log.at(0)).toMatchObject({ count: 140, state: 'waiting' })
    expect(log.at(0)?.items).toHaveLength(100)
  })

  test('tells the processes apart, and what is lost with one of them', () => {
    const log = new Log()
    log.add('1', APP, batchOf(ask(1)))
    log.add('2', APP, batchOf(ask(1)))
    log.lose('1')
    expect(exportRows(log).map(({ state }) => state)).toEqual(['lost', 'waiting'])
    log.add('2', APP, batchOf(answer(1)))
    expect(log.at(1)?.state).toBe('answered')
  })

  test('gives a late answer a row of its own, which knows its question', () => {
    const log = new Log()
    log.add('1', APP, batchOf(ask(1)))
    for (let id = 2; id < 300; id++) log.add('1', APP, batchOf(ask(id), answer(id)))
    log.add('1', APP, batchOf(answer(1)))
    const [late] = exportRows(log, { kind: 'answer' })
    expect(late).toMatchObject({ of: 0, answer: '1', state: 'answered' })
    expect(log.at(0)).toMatchObject({ state: 'answered', answer: '"1"' })
  })

  test('keeps the last rows, and counts those that are gone', () => {
    const log = new Log()
    for (let id = 0; id < MOST_ROWS + 10; id++) log.add('1', APP, batchOf(ask(id, 'notify')))
    expect(log.next - log.first).toBe(MOST_ROWS)
    expect(log.forgotten).toBe(10)
    expect(log.at(9)).toBeUndefined()
    log.add('1', APP, batchOf(answer(3)))
    log.clear()
    expect([...log]).toEqual([])
    expect(log.forgotten).toBe(0)
    log.add('1', APP, batchOf(ask(1)))
    expect([...log]).toHaveLength(1)
  })

  test('counts what passes while it is paused', () => {
    const log = new Log()
    log.add('1', APP, batchOf(ask(1)))
    log.isPaused = true
    log.add('1', APP, batchOf(ask(2), answer(2), answer(1)))
    expect(exportRows(log).map(({ state }) => state)).toEqual(['answered'])
    expect(log.unlisted).toBe(1)
  })

  test('gives what is wanted of it', () => {
    const log = new Log()
    log.add('1', APP, batchOf(ask(1), ask(2, 'notify')))
    log.add('2', { node: 'tab', key: 'a' }, batchOf({ ...ask(1), to: 'b' } as Entry))
    expect(exportRows(log, { kind: 'call' })).toHaveLength(2)
    expect(exportRows(log, { from: 'tab' })).toHaveLength(1)
    expect(exportRows(log, { to: 'b' })).toHaveLength(1)
    expect(exportRows(log, { from: 'tab', key: 'b' })).toHaveLength(0)
    expect(exportRows(log, { method: 'none' })).toEqual([])
  })
})
