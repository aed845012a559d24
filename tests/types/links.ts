// One place says which contract belongs to which link, and both of its ends are held to that: `npm run typecheck`
// fails when a line that is marked as an error is none, or the other way round.
import type { PortLike } from '../../templates/base/src/ports/channel/port.ts'
import type { Ports } from '../../templates/base/src/ports/handoff/handoff-client.ts'
import { Link, serve } from '../../templates/base/src/ports/link.ts'
import type { LinksOfNode } from '../../templates/base/src/ports/links.ts'

interface Library {
  find(title: string): Promise<number>
  pages(title: string): AsyncIterable<string>
}

interface Preview {
  edit(text: string): void
}

interface Editor {
  tick(line: number): Promise<boolean>
}

interface Chat {
  say(words: string): void
}

/** As in `src/topology.ts`. */
const links = {
  library: { from: 'app', to: 'librarian' },
  document: { from: 'app', to: 'preview' },
  plain: { from: 'app', to: 'main' },
  chat: { from: 'guest', to: 'guest' },
} as const

interface Contracts {
  library: { to: Library }
  document: { to: Preview; from: Editor }
  plain: {}
  chat: { to: Chat; from: Chat }
}

type PortsOf<Node> = Ports<PortLike, LinksOfNode<typeof links, Contracts, Node>>

declare const app: PortsOf<'app'>
declare const librarian: PortsOf<'librarian'>
declare const preview: PortsOf<'preview'>
declare const main: PortsOf<'main'>
declare const guest: PortsOf<'guest'>
declare const whichever: Ports<PortLike>
declare const library: Library
declare function use(value: unknown): void

/** Never called: only its types are looked at. */
export async function open(): Promise<void> {
  const books: Link<Library> = new Link(app, 'library')
  const found: number = await books.call.find('Emma')
  for await (const page of books.stream.pages('Emma')) page.trim()

  // The end that opens a link serves, too, and its handlers are typed by the contract.
  use(
    new Link(
      app,
      'document',
      { tick: async (line) => line.toFixed() === '1' },
      { heartbeat: 1000 },
    ),
  )
  use(new Link(guest, 'chat', { say: (words) => words.trim() }).notify.say('Hello'))
  use(new Link(app, 'library', {}, { onChannel: (channel) => channel.stream.pages('Emma') }))

  // @ts-expect-error the name of a link
  use(new Link(app, 'libary'))
  // @ts-expect-error a link that others have
  use(new Link(app, 'chat'))
  // @ts-expect-error backwards
  use(new Link(preview, 'document', { tick: async () => true }))
  // @ts-expect-error nothing is asked by a method that the contract does not have
  await books.call.lend('Emma')
  // @ts-expect-error plain messages have no contract
  use(new Link(app, 'plain').call.find)
  // @ts-expect-error the end that opens it is asked as well, and serves nothing
  use(new Link(app, 'document'))
  // @ts-expect-error another contract
  use(new Link(app, 'document', { edit: () => {} }))
  // @ts-expect-error the answer is another than the contract says
  use(new Link(app, 'document', { tick: async () => found }))
  // @ts-expect-error nobody asks this end
  use(new Link(app, 'library', { find: library.find }))
  // @ts-expect-error the other end's contract is no other on a new channel
  use(new Link(app, 'library', {}, { onChannel: (channel) => channel.notify.edit('Emma') }))
}

export function accept(): void {
  serve(librarian, 'library', library)
  // What comes in may be doubted.
  serve(librarian, 'library', { ...library, find: async (title: unknown) => Number(title) })
  serve(guest, 'chat', { say: (words) => words.trim() })
  serve(
    preview,
    'document',
    { edit: (text) => text.trim() },
    {
      onChannel: async (channel) => (await channel.call.tick(1)) === true,
    },
  )

  // @ts-expect-error the name of a link
  serve(librarian, 'libary', library)
  // @ts-expect-error backwards, by a node that accepts none
  serve(app, 'library', library)
  // @ts-expect-error backwards, by a node that accepts others
  serve(preview, 'library', library)
  // @ts-expect-error one that is not served is missing
  serve(librarian, 'library', { find: library.find })
  // @ts-expect-error one that is served under another name is not in the contract
  serve(librarian, 'library', { ...library, fnid: library.find })
  // @ts-expect-error the answer is another than the contract says
  serve(librarian, 'library', { ...library, find: async (title: string) => title })
  // @ts-expect-error plain messages have no contract
  serve(main, 'plain', library)
  // @ts-expect-error who opens this link is asked for nothing
  serve(librarian, 'library', library, { onChannel: (channel) => channel.call.tick(1) })
}

export async function takePorts(): Promise<void> {
  await app.request('plain')
  main.accept('plain', ({ port }) => port.start())
  // @ts-expect-error the name of a link
  await app.request('plian')
  // @ts-expect-error backwards
  await main.request('plain')
  // @ts-expect-error backwards
  app.accept('plain', ({ port }) => port.start())
}

/** Ports whose links nobody has told: what is asked there has to be said. */
export async function withoutTopology(): Promise<void> {
  await whichever.request('anything')
  serve(whichever, 'anything', library)
  // @ts-expect-error nobody knows its contract
  await new Link(whichever, 'library').call.find('Emma')
  const told: Ports<
    PortLike,
    { opens: { library: { asks: Library; serves: object } }; accepts: {} }
  > = whichever
  await new Link(told, 'library').call.find('Emma')
  // @ts-expect-error of another node
  const wrong: PortsOf<'app'> = librarian
  void wrong
}

// @ts-expect-error a link without a word on its contract is missed where the others are
export type Forgotten = LinksOfNode<typeof links, Omit<Contracts, 'chat'>, 'app'>
