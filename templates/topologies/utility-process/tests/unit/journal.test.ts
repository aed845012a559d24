import { expect, test } from 'vitest'
import { Journal } from '../../src/main/journal'

test('a reader gets what was before, then what comes', async () => {
  const journal = new Journal<{ id: number }>()
  journal.add({ id: 1 })
  const entries = journal.follow(new AbortController().signal)
  expect((await entries.next()).value).toEqual({ id: 1 })
  const later = entries.next()
  journal.add({ id: 2 })
  expect((await later).value).toEqual({ id: 2 })
})

test('a slow reader misses the oldest', async () => {
  const journal = new Journal<{ id: number }>()
  const entries = journal.follow(new AbortController().signal)
  journal.add({ id: 0 })
  expect((await entries.next()).value).toEqual({ id: 0 })
  for (let id = 1; id <= 1000; id++) journal.add({ id })
  expect((await entries.next()).value).toEqual({ id: 801 })
})

test('a signal ends the wait', async () => {
  const reader = new AbortController()
  const wait = new Journal<object>().follow(reader.signal).next()
  reader.abort()
  await expect(wait).rejects.toThrow('aborted')
})

test.each([undefined, null, 'signal', {}])('nobody waits with %j for a signal', async (signal) => {
  const entries = new Journal<object>().follow(signal as unknown as AbortSignal)
  await expect(entries.next()).rejects.toThrow(TypeError)
})
