/** A page in a part of a window: that of a node of the kind `view`. */
import { WebContentsView, type WebPreferences } from 'electron'
import { printable } from '../ports/printable'
import { nameOf } from '../ports/handoff/member'
import type { KeyOf, NameOf } from '../topology'
import { originOf } from './content'
import { logError } from './desktop/log-file'
import { keepPage } from './page'
import { distrust } from './security'
import type { Main } from './services'
import { showErrorsOf } from './show-errors'
import { webPreferences } from './window'

/** The first Electron that has views. */
const FIRST_WITH_VIEWS = 30

type ViewName = NameOf<'view'>

export interface PageView {
  readonly view: WebContentsView
  /** Loads its page, if that is dead. */
  readonly tryAgain: () => void
}

export interface ViewOptions {
  /**
   * For content of others: it has a session of its own that is not kept, opens no dialogs, its preload is the hand-off
   * alone, and its links lead nowhere.
   */
  isForeign?: boolean
}

/** Why this Electron has no views, in a sentence; undefined where it has. */
export function whyNoViews(): string | undefined {
  const { electron } = process.versions
  if (Number.parseInt(electron, 10) >= FIRST_WITH_VIEWS) return undefined
  return `Views need Electron ${FIRST_WITH_VIEWS} or later, and this is ${electron}.`
}

/**
 * Makes a view with the page of a node, which is kept alive. Whoever makes it places it in a window, and closes its
 * `webContents`: a window that is closed does not.
 *
 * @param which  Where there are many of the node, the key of this one.
 * @throws TypeError when that key is none, or missing.
 */
export function newView<Name extends ViewName>(
  { broker, pages }: Main,
  node: Name,
  { isForeign = false }: ViewOptions,
  ...which: KeyOf<Name>
): PageView {
  const [key]: readonly string[] = which
  broker.check({ node, key })
  const own = { ...webPreferences, ...(isForeign && foreignPreferences(node)) }
  const view = new WebContentsView({ webPreferences: own })
  const contents = view.webContents
  if (isForeign) distrust(contents)
  // What others write there is no business of this app's log.
  else showErrorsOf(contents, printable(nameOf({ node, key })), logError)
  pages.admit(node, contents, originOf(node), key)
  const giveUp = (): void => broker.giveUp(node, tryAgain, key)
  const tryAgain = keepPage(node, key, contents, giveUp)
  contents.once('destroyed', () => broker.expect(node, key))
  return { view, tryAgain }
}

function foreignPreferences(node: ViewName): WebPreferences {
  return {
    partition: node,
    additionalArguments: ['--foreign-content'], // read in `src/preload/index.ts`
    disableDialogs: true,
    autoplayPolicy: 'document-user-activation-required',
  }
}
