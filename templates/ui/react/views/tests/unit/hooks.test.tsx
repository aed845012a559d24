// @vitest-environment happy-dom
import { act, cleanup, configure, fireEvent, render, screen } from '@testing-library/react'
import { StrictMode, Suspense, startTransition, use, useState } from 'react'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Link } from '../../src/ports/link'
import { useCall, useLink, useStream } from '../../src/renderer/hooks'
import { type Library, PATIENCE_MS, openLibrary, until } from './library'

configure({ asyncUtilTimeout: PATIENCE_MS })

let { library, crash, open } = openLibrary()

beforeEach(() => ({ library, crash, open } = openLibrary()))
afterEach(() => {
  cleanup()
  library.close()
})

interface ReaderProps {
  link?: Link<Library>
  title?: string
  pages?: number
}

function Reader({ link = library, title = 'Emma', pages = 3 }: ReaderProps) {
  const { state, generation } = useLink(link)
  const book = useCall((signal) => link.call.find(title, signal))
  const reading = useStream((to: number) => link.stream.pages(to))
  return (
    <>
      <p>
        {state} {generation}
      </p>
      <button onClick={() => book.ask()}>Find</button>
      <button onClick={() => reading.start(pages)}>Read</button>
      <p>{book.isPending ? 'Asking' : book.value}</p>
      <p>{`${reading.count} pages, ${reading.isReading ? 'more to come' : 'no more'}`}</p>
      <p role="alert">{(book.error ?? reading.error)?.message}</p>
    </>
  )
}

const click = (name: string): unknown => fireEvent.click(screen.getByText(name))

test.each([
  ['', <Reader key="1" />],
  [
    ' in strict mode',
    <StrictMode key="2">
      <Reader />
    </StrictMode>,
  ],
])('a component shows its link, a call and a stream%s', async (_, element) => {
  render(element)
  await screen.findByText('connected 1')
  click('Find')
  await screen.findByText('Asking')
  await screen.findByText('Emma, found')
  click('Read')
  await screen.findByText('3 pages, no more')
})

test('a call is made as the component is by then', async () => {
  const { rerender } = render(<Reader title="Emma" />)
  rerender(<Reader title="Persuasion" />)
  click('Find')
  await screen.findByText('Persuasion, found')
})

test('a component that is given another link shows that, and listens to the one before no more', async () => {
  const other = openLibrary()
  const { rerender } = render(<Reader />)
  await screen.findByText('connected 1')
  other.crash()
  await until(() => expect(other.library.generation).toBe(2))
  rerender(<Reader link={other.library} />)
  await screen.findByText('connected 2')
  expect(open.listeners).toBe(0)
  other.library.close()
})

test('a crash of the other end is shown, and the next port', async () => {
  render(<Reader pages={Infinity} />)
  click('Read')
  await screen.findByText(/^[1-9]\d* pages, more to come/)
  crash()
  await screen.findByText(/^[1-9]\d* pages, no more/)
  expect(screen.getByRole('alert').textContent).toContain('closed the port')
  await screen.findByText('connected 2')
})

test('a component that comes and goes 1,000 times leaves no listener, call or stream', async () => {
  for (let time = 0; time < 1000; time++) {
    const { container, unmount } = render(
      <StrictMode>
        <Reader title="never" pages={Infinity} />
      </StrictMode>,
    )
    for (const button of container.querySelectorAll('button')) fireEvent.click(button)
    unmount()
  }
  await library.call.find('Emma') // what was asked before has come there
  await until(() => expect(open).toEqual({ calls: 0, streams: 0, listeners: 0 }))
}, 300_000)

function Suspended({ data }: { data: Promise<string> }) {
  useLink(library)
  useStream((to: number) => library.stream.pages(to))
  return <p>{use(data)}</p>
}

function Switched({ data }: { data: Promise<string> }) {
  const [isThere, setThere] = useState(false)
  return (
    <Suspense fallback="waiting">
      <button onClick={() => startTransition(() => setThere(!isThere))}>Switch</button>
      {isThere ? <Suspended data={data} /> : <Reader pages={Infinity} />}
    </Suspense>
  )
}

test('a component reads on until the one that takes its place is no longer suspended', async () => {
  let arrive!: (text: string) => void
  const data = new Promise<string>((resolve) => (arrive = resolve))
  const { unmount } = render(<Switched data={data} />)
  click('Read')
  await act(async () => click('Switch'))
  await screen.findByText(/^[1-9]\d* pages, more to come/)
  expect(open.streams).toBe(1)
  arrive('arrived')
  await screen.findByText('arrived')
  const whatIsOpen = { calls: 0, streams: 0, listeners: 2 } // to the state of the link, and to its generation
  await until(() => expect(open).toEqual(whatIsOpen))
  unmount()
  expect(open.listeners).toBe(0)
})
