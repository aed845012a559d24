/** Runs the hub, and opens the document windows. What they say to each other does not pass through here. */
import { MAX_WINDOWS } from '../../contracts/hub-desk'
import { serve } from '../../ports/link'
import type { Main } from '../services'
import { Utility } from '../utilities'

/** Whose windows come first; then there are guests. */
const NAMES = ['Ada', 'Grace', 'Alan', 'Edsger', 'Barbara', 'Donald', 'Frances', 'Tony']

/** How far a window is from the one before it, in pixels. */
const CASCADE = 28

export function start({ broker, ports, windows }: Main): void {
  const hub = new Utility(broker, 'hub')
  const known = new Set<string>()

  const open = (author: string): void => {
    const others = windows.keysOf('document')
    if (!others.includes(author) && others.length >= MAX_WINDOWS) {
      throw failure('TOO_MANY', `There are ${MAX_WINDOWS} windows already: close one.`)
    }
    known.add(author)
    windows.open('document', author)
    if (!others.includes(author)) putAside(author, others)
  }

  /** One that would cover another is moved. */
  const putAside = (author: string, others: string[]): void => {
    const window = windows.get('document', author)
    const taken = others.map((each) => String(windows.get('document', each)?.getPosition()))
    let [x = 0, y = 0] = window?.getPosition() ?? []
    for (; taken.includes(String([x, y])); x += CASCADE) y += CASCADE
    window?.setPosition(x, y)
  }

  serve(ports, 'hub-desk', {
    openWindow: async () => open(freeName(windows.keysOf('document'))),
    async showWindow(author) {
      if (!known.has(author)) throw failure('UNKNOWN', 'There never was such an author.')
      open(author)
    },
    closeWindow: async (author) => windows.close('document', author),
    async crashWindow(author) {
      windows.get('document', author)?.webContents.forcefullyCrashRenderer()
    },
    killHub: async () => hub.kill(),
  })

  windows.afterFirst(() => hub.start())
}

function freeName(taken: string[]): string {
  const name = NAMES.find((each) => !taken.includes(each))
  if (name !== undefined) return name
  let guest = 1
  while (taken.includes(`Guest ${guest}`)) guest += 1
  return `Guest ${guest}`
}

function failure(code: 'TOO_MANY' | 'UNKNOWN', message: string): Error {
  return Object.assign(new Error(message), { code })
}
