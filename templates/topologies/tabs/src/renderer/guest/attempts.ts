/** What a page may try that nobody trusts. Each gives what has come of it. */
import { ports } from '../../ports/handoff/page'

/** An address of which nothing may be had. */
const ELSEWHERE = 'https://example.org/'

/** How long it takes at most to leave a page, in milliseconds. */
const LEAVING_MS = 500

export const attempts: Record<string, () => Promise<string>> = {
  'open a window': async () => (window.open(ELSEWHERE) ? 'it is open' : 'there is none'),
  'go to another page': () => stayAfter(() => location.assign(ELSEWHERE)),
  'go to a page of the app': () => stayAfter(() => location.assign('app://bundle/app/index.html')),
  'load from the web': () => outcomeOf(fetch(ELSEWHERE)),
  'show a message box': async () => (confirm('Well?') ? 'it was answered' : 'nobody has seen it'),
  'show notifications': async () => `permission ${await Notification.requestPermission()}`,
  'open a link of the strip': () => outcomeOf(ports.request('tab-strip')),
  'have Node or Electron': async () => {
    const found = ['require', 'process', 'module', 'ipcRenderer'].filter((name) => name in window)
    return found.join(', ') || 'there is neither'
  },
}

async function stayAfter(leave: () => void): Promise<string> {
  leave()
  await new Promise((resolve) => setTimeout(resolve, LEAVING_MS))
  return 'still here'
}

function outcomeOf(attempt: Promise<unknown>): Promise<string> {
  return attempt.then(
    () => 'it was let through',
    ({ code, name }: { code?: string; name?: string }) => code ?? `${name}`,
  )
}
