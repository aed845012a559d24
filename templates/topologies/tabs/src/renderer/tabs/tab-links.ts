/**
 * The links of this window's page to the pages in its tabs: one for each, by its key. A tab that leaves for another window
 * loses its link here, and gets one there.
 */
import { Allowance } from '../../ports/handoff/allowance'
import type { PagePorts } from '../../ports/handoff/page'
import { Link, type LinkStatus } from '../../ports/link'
import type { GuestPage } from '../../contracts/guest-page'
import type { NotePage } from '../../contracts/note-page'
import type { TabState } from '../../contracts/tab-strip'
import type { LinksOf } from '../../topology'

/** How often a guest may give the window another colour. */
const TINTS = { burst: 20, perSecond: 5 }

/** How long a note may take to count, in milliseconds. */
const COUNT_TIMEOUT_MS = 2000

export interface TabLinksEvents {
  onWords(key: string, count: number): void
  onTint(colour: string): void
  /** A link is connected, or lost. */
  onChange(): void
}

export class TabLinks {
  readonly #ports: PagePorts<LinksOf<'tabs'>>
  readonly #events: TabLinksEvents
  readonly #notes = new Map<string, Link<NotePage>>()
  readonly #guests = new Map<string, Link<GuestPage>>()

  constructor(ports: PagePorts<LinksOf<'tabs'>>, events: TabLinksEvents) {
    this.#ports = ports
    this.#events = events
  }

  /** Opens a link to each tab that is new, and closes those to tabs that have gone. */
  follow(tabs: TabState[]): void {
    const keys = new Set(tabs.map(({ key }) => key))
    for (const links of [this.#notes, this.#guests]) {
      for (const [key, link] of links) {
        if (keys.has(key)) continue
        links.delete(key)
        link.close()
      }
    }
    for (const { key, kind } of tabs) if (!this.get(key)) this.#open(key, kind)
  }

  get(key: string): LinkStatus | undefined {
    return this.#notes.get(key) ?? this.#guests.get(key)
  }

  /** How often a text is in a note; undefined where that cannot be had. */
  async count(key: string, text: string): Promise<number | undefined> {
    const link = this.#notes.get(key)?.with({ timeout: COUNT_TIMEOUT_MS, whileLost: 'fail' })
    return link?.call.count(text).catch(() => undefined)
  }

  /** Tells all guests what they may know. */
  tellTint(colour: string): void {
    for (const link of this.#guests.values())
      if (link.state === 'connected') link.notify.tinted(colour)
  }

  #open(key: string, kind: TabState['kind']): void {
    const link = kind === 'tab' ? this.#openNote(key) : this.#openGuest(key)
    link.onChange(() => this.#events.onChange())
  }

  #openNote(key: string): LinkStatus {
    const words = (count: number): void => {
      if (Number.isSafeInteger(count)) this.#events.onWords(key, count)
    }
    const link = new Link(this.#ports, 'note-page', { words }, { to: key })
    this.#notes.set(key, link)
    return link
  }

  /** Of what a guest says nothing is believed: it may say anything, as often as it likes. */
  #openGuest(key: string): LinkStatus {
    const allowance = new Allowance(TINTS)
    const tint = async (colour: unknown): Promise<void> => {
      if (!allowance.spend()) throw failure('TOO_MANY', 'The window had enough colours.')
      if (!isColour(colour)) throw failure('INVALID', 'A colour is written as #rrggbb.')
      this.#events.onTint(colour)
    }
    const link = new Link(this.#ports, 'guest-page', { tint }, { to: key })
    this.#guests.set(key, link)
    return link
  }
}

/** Whether it is `#rrggbb`, and nothing but. */
export function isColour(value: unknown): value is string {
  return typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value)
}

/** An error with a code, which the kernel carries to the other end. */
function failure(code: 'INVALID' | 'TOO_MANY', message: string): Error {
  return Object.assign(new Error(message), { code })
}
