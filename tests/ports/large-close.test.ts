import { expect, test } from 'vitest'
import { PortError } from '../../templates/base/src/ports/errors.ts'
import { meetHeld, newListener, newPage, upTo } from './held.ts'
import { outcome, quiet } from './pair.ts'

const HERE = new PortError('closed', 'This end closed the port: it is no longer needed.')
const THERE = new PortError('closed', 'The other end closed the port: it is no longer needed.')

test('an end that closes while large messages wait delivers them first, in order', async () => {
  const listener = newListener()
  const { reader, library, release } = meetHeld(listener)
  for (const page of upTo(50)) reader.notify.note(page % 2 === 0 ? newPage(page) : page)
  reader.close()
  release()
  expect(await library.closed).toEqual(THERE)
  expect(listener.heard).toEqual(upTo(50))
})

test('it is closed at once all the same, and whatever it waits for fails', async () => {
  const { reader, release } = meetHeld({ ...newListener(), find: async () => 'Emma' })
  for (const page of upTo(50)) reader.notify.note(newPage(page))
  const answer = outcome(reader.call.find())
  reader.close()
  expect(await reader.closed).toEqual(HERE)
  expect(await answer).toEqual({ error: HERE })
  expect(() => reader.notify.note(1)).toThrow(HERE)
  release()
})

test('it hears nothing more, though its port is open until all is delivered', async () => {
  const [atReader, atLibrary] = [newListener(), newListener()]
  const { reader, library, ports, release } = meetHeld(atLibrary, atReader)
  for (const page of upTo(50)) reader.notify.note(newPage(page))
  reader.close()
  for (const page of upTo(50)) library.notify.note(page % 2 === 0 ? newPage(page) : page)
  await quiet()
  expect(ports[0].isClosed).toBe(false)

  release()
  expect(await library.closed).toEqual(THERE)
  expect(ports[0].isClosed).toBe(true)
  expect(atLibrary.heard).toEqual(upTo(50))
  expect(atReader.heard).toEqual([])
})

test('closing it twice is harmless while large messages wait', async () => {
  const listener = newListener()
  const { reader, library, release } = meetHeld(listener)
  for (const page of upTo(20)) reader.notify.note(newPage(page))
  reader.close()
  reader.close('it rains.')
  release()
  expect(await library.closed).toEqual(THERE)
  expect(listener.heard).toEqual(upTo(20))
})

test('two ends that close while large messages wait at both close their ports', async () => {
  const { reader, library, ports, release } = meetHeld(newListener(), newListener())
  for (const page of upTo(20)) {
    reader.notify.note(newPage(page))
    library.notify.note(newPage(page))
  }
  reader.close()
  library.close()
  release()
  await quiet()
  expect(ports.map(({ isClosed }) => isClosed)).toEqual([true, true])
})
