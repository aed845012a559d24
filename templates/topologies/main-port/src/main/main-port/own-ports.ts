/**
 * The other way to a port: a page makes the channel itself and posts one end to main. No broker has a
 * say, so main checks by itself who that is.
 */
import { type IpcMainEvent, type MessagePortMain, ipcMain } from 'electron'
import type { Answer, Knock } from '../../contracts/files'
import { originOf } from '../content'
import type { Windows } from '../windows'

/** How many ports of the page are open at once. More is no use but to somebody who means harm. */
const MAX_PORTS = 16

const open = new Set<MessagePortMain>()

/** Takes the ports that the page of `app` sends by `src/preload/main-port.ts`, and answers on them. */
export function takeOwnPorts(windows: Windows): void {
  ipcMain.on('own-port', (event) => {
    const [port] = event.ports
    if (!port) return
    if (mayKnock(event, windows) && open.size < MAX_PORTS) answerOn(port)
    // Unstarted it would be closed when it is collected; the page shall know at once.
    else port.close()
  })
}

/** Other nodes may have the same origin, and every page has the preload. */
function mayKnock({ sender, senderFrame }: IpcMainEvent, windows: Windows): boolean {
  if (senderFrame?.parent !== null || senderFrame.origin !== originOf('app')) return false
  return windows.nodeOf(sender) === 'app'
}

function answerOn(port: MessagePortMain): void {
  open.add(port)
  port.once('close', () => open.delete(port))
  port.on('message', ({ data }) => {
    if (!isKnock(data)) return
    const answer: Answer = { sentAt: data.sentAt, hearers: open.size }
    port.postMessage(answer)
  })
  // Everything posted so far has waited for this.
  port.start()
}

function isKnock(data: unknown): data is Knock {
  return typeof (Object(data) as Partial<Knock>).sentAt === 'number'
}
