import type { PortLike } from '../../ports/channel/port'
import type { Ports } from '../../ports/handoff/handoff-client'
import type { Link } from '../../ports/link'
import type { ManyIn, NodeLinks } from '../../ports/links'
import { eachMember } from '../../ports/members'
import { Watched } from './watched'

export interface MembersState<Remote extends object> {
  /** One to each member that is there, in the order in which they came; `to` is the key of each. */
  links: readonly Link<Remote>[]
  /** Why it is not known who is there. */
  error: Error | undefined
}

/**
 * A link to each member of a node of which there are many.
 *
 * @example
 * const views = new MemberLinks(ports, 'document', (to) => new Link(ports, 'view', {}, { to }))
 */
export class MemberLinks<Links extends NodeLinks, Remote extends object> extends Watched<
  MembersState<Remote>
> {
  readonly #closing = new AbortController()

  /** @param open  Opens the link to one, by its key. It is closed when that one goes. */
  constructor(
    ports: Ports<PortLike, Links>,
    node: ManyIn<Links['opens']>,
    open: (to: string) => Link<Remote>,
  ) {
    super({ links: [], error: undefined })
    const { signal } = this.#closing
    eachMember(ports, node, (to) => this.#add(open(to)), signal).catch((error: Error) => {
      if (!signal.aborted) this.change({ error })
    })
  }

  /** Closes them all, and looks for no more. */
  close(): void {
    this.#closing.abort()
  }

  #add(link: Link<Remote>): { close(): void } {
    this.change({ links: [...this.state.links, link] })
    const close = (): void => {
      link.close()
      this.change({ links: this.state.links.filter((each) => each !== link) })
    }
    return { close }
  }
}
