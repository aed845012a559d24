/** Electron's security checklist, as far as it is the same for every page of the app. */
import { type Session, type WebContents, app } from 'electron'
import { Log } from '../ports/handoff/log'
import { printable } from '../ports/printable'
import { openOutside } from './desktop/external-links'

/**
 * Denies what a page has no business doing: to leave its own content, open windows, embed guests, download files, ask
 * for permissions and reach other hosts by WebRTC. A link to the web goes to the user's browser. Allow the exceptions of
 * your app here, one by one.
 *
 * @see https://www.electronjs.org/docs/latest/tutorial/security
 */
export function denyByDefault(): void {
  app.on('web-contents-created', (_event, contents) => confine(contents))
  app.on('session-created', (created) => restrict(created))
}

/**
 * Takes `contents` for those of others: their links do not reach the user's browser either. To be called before
 * they are loaded.
 */
export function distrust(contents: WebContents): void {
  distrusted.add(contents)
}

const log = new Log()

const distrusted = new WeakSet<WebContents>()

/** The address for which a window was let through by a window open handler. */
const firstAddresses = new WeakMap<WebContents, string>()

function confine(contents: WebContents): void {
  const letOut = (url: string): boolean => !distrusted.has(contents) && openOutside(url)
  contents.on('will-navigate', (event) => {
    const isReload = event.url === contents.getURL()
    const isFirst = contents.getURL() === '' && event.url === firstAddresses.get(contents)
    if (isReload || isFirst) return
    if (letOut(event.url)) event.preventDefault()
    else deny(event, contents, `go to "${printable(event.url)}"`)
  })
  contents.on('will-attach-webview', (event) => deny(event, contents, 'embed a webview'))
  // To allow one, answer `{ action: 'allow' }` for its address. It is no node, and gets no ports.
  contents.setWindowOpenHandler(({ url }) => {
    if (!letOut(url)) say(contents, `open a window for "${printable(url)}"`)
    return { action: 'deny' }
  })
  contents.on('did-create-window', ({ webContents }, { url }) => {
    firstAddresses.set(webContents, url)
  })
  // No UDP. Connections by TCP to a TURN server remain: Chromium has no way to deny them.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
}

function restrict(created: Session): void {
  created.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  created.setPermissionCheckHandler(() => false)
  created.setDevicePermissionHandler(() => false)
  created.on('will-download', (event, item, contents) => {
    deny(event, contents, `download "${printable(item.getURL())}"`)
  })
}

function deny(event: { preventDefault(): void }, contents: WebContents, what: string): void {
  event.preventDefault()
  say(contents, what)
}

function say(contents: WebContents, what: string): void {
  log.once(
    `A page may not ${what}. src/main/security.ts is the place to allow it.`,
    `${contents.id}`,
  )
}
