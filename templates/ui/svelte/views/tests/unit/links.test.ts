// @vitest-environment happy-dom
import { cleanup, configure, fireEvent, render, screen } from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { PATIENCE_MS, openLibrary, until } from './library'
import Reader from './reader.svelte'

configure({ asyncUtilTimeout: PATIENCE_MS })

let { library, crash, open } = openLibrary()

beforeEach(() => ({ library, crash, open } = openLibrary()))
afterEach(() => {
  cleanup()
  library.close()
})

const click = (name: string): Promise<boolean> => fireEvent.click(screen.getByText(name))

test('a component shows its link, a call and a stream', async () => {
  render(Reader, { library })
  await screen.findByText('connected 1')
  await click('Find')
  await screen.findByText('Asking')
  await screen.findByText('Emma, found')
  await click('Read')
  await screen.findByText('3 pages, no more')
})

test('a call is made as the component is by then', async () => {
  const { rerender } = render(Reader, { library, title: 'Emma' })
  await rerender({ title: 'Persuasion' })
  await click('Find')
  await screen.findByText('Persuasion, found')
})

test('a crash of the other end is shown, and the next port', async () => {
  render(Reader, { library, pages: Infinity })
  await click('Read')
  await screen.findByText(/^[1-9]\d* pages, more to come/)
  crash()
  await screen.findByText(/^[1-9]\d* pages, no more/)
  expect(screen.getByRole('alert').textContent).toContain('closed the port')
  await screen.findByText('connected 2')
})

test('a component that comes and goes 1,000 times leaves no listener, call or stream', async () => {
  for (let time = 0; time < 1000; time++) {
    const props = { library, title: 'never', pages: Infinity }
    const { container, unmount } = render(Reader, props)
    for (const button of container.querySelectorAll('button')) void fireEvent.click(button)
    unmount()
  }
  await library.call.find('Emma') // what was asked before has come there
  await until(() => expect(open).toEqual({ calls: 0, streams: 0, listeners: 0 }))
}, 300_000)

test('a component that is given another link shows that, and listens to the one before no more', async () => {
  const other = openLibrary()
  const { rerender } = render(Reader, { library })
  await screen.findByText('connected 1')
  expect(open.listeners).toBe(1)
  await rerender({ library: other.library })
  await screen.findByText('connected 1')
  await until(() => expect(open.listeners).toBe(0))
  expect(other.open.listeners).toBe(1)
  other.library.close()
})
