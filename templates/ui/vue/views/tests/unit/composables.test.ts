// @vitest-environment happy-dom
import { cleanup, configure, fireEvent, render, screen } from '@testing-library/vue'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { KeepAlive, type PropType, Suspense, createApp, defineComponent, h, ref } from 'vue'
import type { Link } from '../../src/ports/link'
import { useCall, useLink, useStream } from '../../src/renderer/composables'
import { type Library, PATIENCE_MS, openLibrary, until } from './library'

configure({ asyncUtilTimeout: PATIENCE_MS })

let { library, crash, open } = openLibrary()

beforeEach(() => ({ library, crash, open } = openLibrary()))
afterEach(() => {
  cleanup()
  library.close()
})

const Reader = defineComponent({
  props: {
    link: { type: Object as PropType<Link<Library>>, default: () => library },
    title: { type: String, default: 'Emma' },
    pages: { type: Number, default: 3 },
  },
  setup(props) {
    const { state, generation } = useLink(() => props.link)
    const book = useCall((signal) => props.link.call.find(props.title, signal))
    const reading = useStream((to: number) => props.link.stream.pages(to))
    return () => [
      h('p', `${state.value} ${generation.value}`),
      h('button', { onClick: () => book.ask() }, 'Find'),
      h('button', { onClick: () => reading.start(props.pages) }, 'Read'),
      h('p', book.isPending.value ? 'Asking' : book.value.value),
      h(
        'p',
        `${reading.count.value} pages, ${reading.isReading.value ? 'more to come' : 'no more'}`,
      ),
      h('p', { role: 'alert' }, (book.error.value ?? reading.error.value)?.message),
    ]
  },
})

const click = (name: string): Promise<void> => fireEvent.click(screen.getByText(name))

test('a component shows its link, a call and a stream', async () => {
  render(Reader)
  await screen.findByText('connected 1')
  await click('Find')
  await screen.findByText('Asking')
  await screen.findByText('Emma, found')
  await click('Read')
  await screen.findByText('3 pages, no more')
})

test('a call is made as the component is by then', async () => {
  const { rerender } = render(Reader, { props: { title: 'Emma' } })
  await rerender({ title: 'Persuasion' })
  await click('Find')
  await screen.findByText('Persuasion, found')
})

test('a component that is given another link shows that, and listens to the one before no more', async () => {
  const other = openLibrary()
  const { rerender } = render(Reader)
  await screen.findByText('connected 1')
  other.crash()
  await until(() => expect(other.library.generation).toBe(2))
  await rerender({ link: other.library })
  await screen.findByText('connected 2')
  expect([open.listeners, other.open.listeners]).toEqual([0, 1])
  other.library.close()
})

test('a crash of the other end is shown, and the next port', async () => {
  render(Reader, { props: { pages: Infinity } })
  await click('Read')
  await screen.findByText(/^[1-9]\d* pages, more to come/)
  crash()
  await screen.findByText(/^[1-9]\d* pages, no more/)
  expect(screen.getByRole('alert').textContent).toContain('closed the port')
  await screen.findByText('connected 2')
})

test('a component that comes and goes 1,000 times leaves no listener, call or stream', async () => {
  for (let time = 0; time < 1000; time++) {
    const props = { title: 'never', pages: Infinity }
    const { container, unmount } = render(Reader, { props })
    for (const button of container.querySelectorAll('button')) void fireEvent.click(button)
    unmount()
  }
  await library.call.find('Emma') // what was asked before has come there
  await until(() => expect(open).toEqual({ calls: 0, streams: 0, listeners: 0 }))
}, 300_000)

test('a component that is kept alive reads on while it is not shown, and ends with its keeper', async () => {
  const isShown = ref(true)
  const { unmount } = render(() =>
    h(KeepAlive, () => (isShown.value ? h(Reader, { pages: Infinity }) : h('p', 'another'))),
  )
  await click('Read')
  await screen.findByText(/^[1-9]\d* pages, more to come/)
  isShown.value = false
  await screen.findByText('another')
  expect(open).toEqual({ calls: 0, streams: 1, listeners: 1 })
  isShown.value = true
  await screen.findByText(/^[1-9]\d* pages, more to come/)
  unmount()
  await until(() => expect(open).toEqual({ calls: 0, streams: 0, listeners: 0 }))
})

/** A page with a component whose setup takes until it is told that it may end. */
function mountAwaited() {
  let arrive!: () => void
  const arrived = new Promise<void>((resolve) => (arrive = resolve))
  const Awaited = defineComponent(async () => {
    await arrived
    return () => h(Reader)
  })
  const slots = { default: () => h('section', [h(Reader), h(Awaited)]), fallback: () => 'waiting' }
  const page = createApp(() => h(Suspense, null, slots))
  page.mount(document.body.appendChild(document.createElement('div')))
  return { arrive, unmount: () => page.unmount() }
}

test('a component in a Suspense is shown once all in it are ready', async () => {
  const { arrive, unmount } = mountAwaited()
  await screen.findByText('waiting')
  expect(open.listeners).toBe(1)
  arrive()
  await until(() => expect(screen.queryAllByText('connected 1')).toHaveLength(2))
  unmount()
  expect(open.listeners).toBe(0)
})

test('a component in a Suspense that goes before all in it are ready leaves nothing', async () => {
  const { unmount } = mountAwaited()
  await screen.findByText('waiting')
  unmount()
  expect(open.listeners).toBe(0)
})
