/**
 * Links with a scheme of the app's own, `my-app://…`, that the user follows in a browser or elsewhere.
 *
 *   macOS    open-url ──────────────────────┐
 *   others   the arguments of a start ──────┼─▶ checked ─▶ kept until somebody listens ─▶ a service
 *            those of a second start ───────┘
 */
import { app } from 'electron'
import { SCHEME } from '../../scheme'
import { onSecondStart } from './one-instance'

/** The longest link that is taken, in characters. Windows gives no longer ones. */
const MAX_LENGTH = 2048

/** How many links wait for somebody who listens: the latest. */
const MAX_WAITING = 16

type Listener = (link: URL) => void

let listener: Listener | undefined
let isClaimed = false
const waiting: URL[] = []

/**
 * Has `listen` called with each link that is followed, also with the one that the app was started for. Anybody may write
 * one, on any page of the web: check all of it, and do nothing by it that the user should decide.
 *
 * @example onDeepLink(({ hostname, searchParams }) => …) // my-app://open?id=7
 */
export function onDeepLink(listen: Listener): void {
  listener = listen
  for (const link of waiting.splice(0)) listen(link)
}

/** Must run before the app is ready: macOS gives the link that it was started for early. */
export function receiveDeepLinks(): void {
  app.on('open-url', (event, url) => {
    event.preventDefault()
    receive(url)
  })
  process.argv.forEach(receive)
  onSecondStart(({ args }) => args.forEach(receive))
}

/**
 * Has the system open such links with this app, if it is packaged: else it would take them from the one that is. On Linux
 * the desktop file says so that is installed with it. Once is enough.
 */
export function claimDeepLinks(): void {
  if (isClaimed) return
  isClaimed = true
  sayWhoWaits()
  if (app.isPackaged && process.platform !== 'linux') app.setAsDefaultProtocolClient(SCHEME)
}

/** Anything that is no such link is none of its business. */
function receive(text: string): void {
  if (text.slice(0, SCHEME.length + 1).toLowerCase() !== `${SCHEME}:`) return
  const link = parse(text)
  if (!link) console.warn('A link to this app was malformed, or too long, and was dropped.')
  else if (listener) listener(link)
  else {
    waiting.splice(0, waiting.push(link) - MAX_WAITING)
    if (app.isReady()) sayWhoWaits()
  }
}

/** Who was going to listen does by the time that the app is ready. */
function sayWhoWaits(): void {
  if (waiting.length === 0) return
  console.warn('A link to this app was followed, and nobody listens: a service can, by onDeepLink.')
}

function parse(text: string): URL | undefined {
  if (text.length > MAX_LENGTH || /\p{Cc}/u.test(text)) return undefined
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}
