// Of a node of which there are many a key says which one is meant, and of the others nothing does: `npm run typecheck`
// fails when a line that is marked as an error is none, or the other way round.
import type { PortLike } from '../../templates/base/src/ports/channel/port.ts'
import type { Ports } from '../../templates/base/src/ports/handoff/handoff-client.ts'
import { Link, serve } from '../../templates/base/src/ports/link.ts'
import type { LinksOfNode } from '../../templates/base/src/ports/links.ts'
import { ownKey } from '../../templates/base/src/ports/own-key.ts'

interface View {
  show(page: number): Promise<void>
}

interface Docs {
  read(): Promise<string>
}

/** As in `src/topology.ts`. */
const nodes = {
  app: { kind: 'window' },
  hub: { kind: 'utility-process' },
  document: { kind: 'window', many: true },
} as const

const links = {
  view: { from: 'app', to: 'document' },
  docs: { from: 'document', to: 'hub' },
  talk: { from: 'document', to: 'document' },
  news: { from: 'app', to: 'hub' },
} as const

interface Contracts {
  view: { to: View }
  docs: { to: Docs }
  talk: { to: View; from: Docs }
  news: { to: Docs }
}

type PortsOf<Node> = Ports<PortLike, LinksOfNode<typeof links, Contracts, Node, typeof nodes>>

declare const app: PortsOf<'app'>
declare const hub: PortsOf<'hub'>
declare const document: PortsOf<'document'>
declare const whichever: Ports<PortLike>
declare const docs: Docs
declare function use(value: unknown): void

/** Never called: only its types are looked at. */
export async function open(): Promise<void> {
  const view: Link<View> = new Link(app, 'view', {}, { to: '7', timeout: 1000 })
  await view.call.show(1)
  use(new Link(document, 'talk', docs, { to: '7' }))
  use(new Link(document, 'docs'))
  use(new Link(app, 'news', {}, { timeout: 1000 }))
  use(new Link(whichever, 'view', {}, { to: '7' }))

  // @ts-expect-error no key where there are many
  use(new Link(app, 'view'))
  // @ts-expect-error no key where there are many, among other options
  use(new Link(app, 'view', {}, { timeout: 1000 }))
  // @ts-expect-error no key where there are many of oneself
  use(new Link(document, 'talk', docs))
  // @ts-expect-error a key is a string
  use(new Link(app, 'view', {}, { to: 7 }))
  // @ts-expect-error a key where there is one
  use(new Link(document, 'docs', {}, { to: '7' }))
  // @ts-expect-error this end serves too, whichever one it speaks to
  use(new Link(document, 'talk', {}, { to: '7' }))
}

export function accept(): void {
  serve(hub, 'docs', (peer) => {
    const key: string = peer.key
    const node: 'document' = peer.node
    peer.gone.throwIfAborted()
    return { read: async () => `${node} ${key}` }
  })
  serve(hub, 'docs', docs)
  serve(
    document,
    'talk',
    { show: async () => {} },
    {
      onChannel: async (channel, { key }) => key === (await channel.call.read()),
    },
  )
  serve(hub, 'news', ({ node }) => {
    const one: 'app' = node
    return { read: async () => one }
  })
  serve(document, 'view', { show: async () => {} })

  // @ts-expect-error there is one of who opens it
  serve(hub, 'news', ({ key }) => ({ read: async () => key.trim() }))
  // @ts-expect-error what is made is no handler
  serve(hub, 'docs', () => ({ write: async () => '' }))
  // @ts-expect-error a promise of handlers is none
  serve(hub, 'docs', async () => docs)
  // @ts-expect-error the answer is another than the contract says
  serve(hub, 'docs', (peer) => ({ read: async () => peer.gone }))
}

export async function learn(): Promise<string> {
  // @ts-expect-error there is one of it
  await ownKey(app)
  return await ownKey(document)
}
