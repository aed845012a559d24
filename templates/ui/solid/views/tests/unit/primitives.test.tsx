// @vitest-environment happy-dom
import { cleanup, configure, fireEvent, render, screen } from '@solidjs/testing-library'
import { Show, Suspense, createResource, createRoot, createSignal } from 'solid-js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Link } from '../../src/ports/link'
import { createCall, createLinkState, createStream } from '../../src/renderer/primitives'
import { type Library, PATIENCE_MS, openLibrary, until } from './library'

configure({ asyncUtilTimeout: PATIENCE_MS })

let { library, crash, open } = openLibrary()

beforeEach(() => ({ library, crash, open } = openLibrary()))
afterEach(() => {
  cleanup()
  library.close()
})

function Reader(props: { link?: Link<Library>; title?: string; pages?: number }) {
  const link = () => props.link ?? library
  const seen = createLinkState(link)
  const book = createCall((signal) => link().call.find(props.title ?? 'Emma', signal))
  const reading = createStream((to: number) => link().stream.pages(to))
  return (
    <>
      <p>{`${seen().state} ${seen().generation}`}</p>
      <button onClick={() => book.ask()}>Find</button>
      <button onClick={() => reading.start(props.pages ?? 3)}>Read</button>
      <p>{book.state().isPending ? 'Asking' : book.state().value}</p>
      <p>{`${reading.state().count} pages, ${reading.state().isReading ? 'more to come' : 'no more'}`}</p>
      <p role="alert">{(book.state().error ?? reading.state().error)?.message}</p>
    </>
  )
}

const click = (name: string): unknown => fireEvent.click(screen.getByText(name))

test('a component shows its link, a call and a stream', async () => {
  render(() => <Reader />)
  await screen.findByText('connected 1')
  click('Find')
  await screen.findByText('Asking')
  await screen.findByText('Emma, found')
  click('Read')
  await screen.findByText('3 pages, no more')
})

test('a call is made as the component is by then', async () => {
  const [title, setTitle] = createSignal('Emma')
  render(() => <Reader title={title()} />)
  setTitle('Persuasion')
  click('Find')
  await screen.findByText('Persuasion, found')
})

test('a component that is given another link shows that, and listens to the one before no more', async () => {
  const other = openLibrary()
  const [link, setLink] = createSignal(library)
  render(() => <Reader link={link()} />)
  await screen.findByText('connected 1')
  other.crash()
  await until(() => expect(other.library.generation).toBe(2))
  setLink(() => other.library)
  await screen.findByText('connected 2')
  expect([open.listeners, other.open.listeners]).toEqual([0, 1])
  other.library.close()
})

test('a crash of the other end is shown, and the next port', async () => {
  render(() => <Reader pages={Infinity} />)
  click('Read')
  await screen.findByText(/^[1-9]\d* pages, more to come/)
  crash()
  await screen.findByText(/^[1-9]\d* pages, no more/)
  expect(screen.getByRole('alert').textContent).toContain('closed the port')
  await screen.findByText('connected 2')
})

test('a component that comes and goes 1,000 times leaves no listener, call or stream', async () => {
  for (let time = 0; time < 1000; time++) {
    const { container, unmount } = render(() => <Reader title="never" pages={Infinity} />)
    for (const button of container.querySelectorAll('button')) fireEvent.click(button)
    unmount()
  }
  await library.call.find('Emma') // what was asked before has come there
  await until(() => expect(open).toEqual({ calls: 0, streams: 0, listeners: 0 }))
}, 300_000)

function Found() {
  const [title] = createResource(() => library.call.find('Emma'))
  return <p>{title()}</p>
}

test('a component reads on while a resource beside it is awaited by Suspense, and ends with what shows it', async () => {
  const [isShown, setShown] = createSignal(true)
  render(() => (
    <Show when={isShown()} fallback="gone">
      <Suspense fallback="waiting">
        <Reader pages={Infinity} />
        <Found />
      </Suspense>
    </Show>
  ))
  await screen.findByText('Emma, found')
  click('Read')
  await screen.findByText(/^[1-9]\d* pages, more to come/)
  setShown(false)
  await screen.findByText('gone')
  await until(() => expect(open).toEqual({ calls: 0, streams: 0, listeners: 0 }))
})

test('outside of a component it ends with its root', async () => {
  const dispose = createRoot((end) => {
    createLinkState(library)
    createStream((to: number) => library.stream.pages(to)).start(Infinity)
    return end
  })
  await until(() => expect(open).toMatchObject({ streams: 1, listeners: 1 }))
  dispose()
  await until(() => expect(open).toMatchObject({ streams: 0, listeners: 0 }))
})
