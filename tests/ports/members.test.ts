import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page } from './fake-window.ts'
import { PortError } from '../../templates/base/src/ports/errors.ts'
import { ports as ownPorts } from '../../templates/base/src/ports/handoff/page.ts'
import { type Change, type Members, members } from '../../templates/base/src/ports/members.ts'
import { newController, outcome, quiet } from './pair.ts'

let main: MessagePort
let answers: unknown[]

beforeEach(() => {
  page.opened.length = 0
  answers = []
})

afterEach(() => {
  main.close()
})

/** A page watches who is there; main has told it once. */
async function watch(keys: string[], signal?: AbortSignal): Promise<Members> {
  const watching = members(ownPorts, 'document', signal)
  grant()
  main.postMessage(keys)
  return watching
}

function grant(): void {
  const { port1, port2 } = new MessageChannel()
  main = port2
  main.on('message', (answer) => answers.push(answer))
  page.grant(page.opened.at(-1), port1, 0)
}

/** Main tells who is there now. */
async function tell(keys: string[]): Promise<void> {
  main.postMessage(keys)
  await quiet()
}

function changesOf(watched: Members): Change[] {
  const changes: Change[] = []
  watched.onChange((change) => changes.push(change))
  return changes
}

test('who watches knows from the first moment who is there', async () => {
  const watched = await watch(['1', '2'])
  expect(page.opened).toMatchObject([{ link: 'ports:members:document' }])
  expect(watched.keys).toEqual(['1', '2'])
  watched.close()
})

test('and is told who comes and who goes', async () => {
  const watched = await watch(['1', '2'])
  const changes = changesOf(watched)
  await tell(['2', '3', '__proto__'])
  await tell([])
  expect(changes).toEqual([
    { came: ['3', '__proto__'], went: ['1'] },
    { came: [], went: ['2', '3', '__proto__'] },
  ])
  expect(watched.keys).toEqual([])
  watched.close()
})

test('what has not changed is no news, and main hears each time that it was read', async () => {
  const watched = await watch(['1'])
  const changes = changesOf(watched)
  await tell(['1'])
  expect(changes).toEqual([])
  expect(answers).toHaveLength(2)
  watched.close()
})

test('a listener that fails is shown, and the others are told', async () => {
  const shown = vi.spyOn(console, 'error').mockImplementation(() => {})
  const watched = await watch([])
  const error = new Error('Nobody greets.')
  watched.onChange(() => {
    throw error
  })
  const changes = changesOf(watched)
  await tell(['1'])
  expect(changes).toHaveLength(1)
  expect(shown.mock.calls).toEqual([
    ['A listener of the link "ports:members:document" failed:', error],
  ])
  shown.mockRestore()
  watched.close()
})

test('a listener that was taken off hears nothing', async () => {
  const watched = await watch([])
  const listener = vi.fn<() => void>()
  watched.onChange(listener)()
  await tell(['1'])
  expect(listener).not.toHaveBeenCalled()
  watched.close()
})

test.each(['close', 'a signal'])('the watch ends by %s, and main hears of it', async (how) => {
  const controller = newController()
  const watched = await watch(['1'], controller.signal)
  const changes = changesOf(watched)
  const closed = new Promise((resolve) => main.once('close', resolve))
  main.postMessage(['1', '2'])
  if (how === 'close') watched.close()
  else controller.abort()
  watched.close()
  await closed
  await quiet()
  expect(changes).toEqual([])
  expect(watched.keys).toEqual(['1'])
})

test('a signal that aborts before anything is known ends it with its reason', async () => {
  const controller = newController()
  const early = outcome(members(ownPorts, 'document', controller.signal))
  controller.abort('too late')
  expect(await early).toEqual({ error: 'too late' })

  const next = newController()
  const late = outcome(members(ownPorts, 'document', next.signal))
  grant()
  await quiet()
  next.abort('later still')
  expect(await late).toEqual({ error: 'later still' })
})

test('who may not watch is told why', async () => {
  const refused = outcome(members(ownPorts, 'document'))
  page.refuse(page.opened[0], 'There is no such link.')
  expect(await refused).toEqual({ error: new PortError('refused', 'There is no such link.') })
})
