import type { WebContents } from 'electron'
import { nameOf } from '../ports/handoff/member'
import type { NodeName } from '../topology'
import { isOf, noteAddress, pageUrl } from './content'
import { reviveAfterCrash } from './revive'

/**
 * Loads the page of a node, `src/renderer/<node>`, into a window or a view, and keeps it there.
 *
 * @param key  Which one it is, where there are many of the node.
 * @param giveUp  Is called when the page has died too often.
 * @returns how to try it again, then or before. It does nothing to a page that lives.
 */
export function keepPage(
  node: NodeName,
  key: string | undefined,
  contents: WebContents,
  giveUp: () => void,
): () => void {
  const name = nameOf({ node, key })
  const load = (): void => {
    contents.loadURL(pageUrl(node)).catch((error: unknown) => {
      if (!contents.isDestroyed()) console.error(`The page of ${name} was not loaded:`, error)
    })
  }
  contents.on('did-start-navigation', (_event, url, isInPlace, isMainFrame) => {
    if (isMainFrame && !isInPlace) noteAddress(contents, node, url)
  })
  contents.once('destroyed', () => noteAddress(contents, node))
  contents.on('did-navigate', (_event, url, status) => {
    // No event comes before a page goes to a blank one, which would have the bridge and the place of this node.
    if (url.startsWith('about:')) return load()
    if (status < 400 || !isOf(node, url)) return
    // Vite's server does not know what an address stands for that the page gave itself by history.pushState.
    if (url !== pageUrl(node)) return load()
    console.error(`The page of ${name} is not there: see src/renderer/${node}/index.html.`)
  })
  const tryAgain = reviveAfterCrash(name, contents, load, giveUp)
  load()
  return tryAgain
}
