/**
 * The editor's page. The text and its ways to the preview are in `draft.ts`; here are the buttons, which
 * ask main for a window, and to be blocked.
 */
import { Link, type LinkStatus } from '../../../../ports/link'
import { ports } from '../../ports'
import { newStatusLine } from '../../status-line'
import './demo.css'
import { Draft } from './draft'

export { default as html } from './demo.html?raw'

const BLOCKED_MS = 2000

/** Typed while main is blocked: your keys would wait, for they come through main. */
const SENTENCE = '\nMain is blocked, and yet these words arrive, letter by letter, as ever.\n'

/** Starts the demo inside of `root`, which holds its HTML. Gives the links it uses. */
export function start(root: HTMLElement): LinkStatus[] {
  const find = <Kind extends HTMLElement>(selector: string) => root.querySelector(selector) as Kind
  const openButton = find<HTMLButtonElement>('.open')
  const blockButton = find<HTMLButtonElement>('.block')
  const { say, complain } = newStatusLine(find('.status'))

  const draft = new Draft(find<HTMLTextAreaElement>('.text'), complain)
  const desk = new Link(ports, 'app-desk')
  let isBlocked = false

  async function typeWhileBlocked(): Promise<void> {
    isBlocked = true
    showState()
    say('Main is blocked, and the page types by itself…')
    try {
      const [trips] = await Promise.all([typeOut(draft), desk.call.blockMain(BLOCKED_MS)])
      const [typical, longest] = [trips[trips.length >> 1], trips.at(-1)].map(milliseconds)
      say(
        `Main was blocked for ${BLOCKED_MS / 1000} s. ${trips.length} letters went meanwhile: ` +
          `${typical} there and back, ${longest} at most.`,
      )
    } catch (error) {
      complain(error)
    }
    isBlocked = false
    showState()
  }

  function showState(): void {
    const isJoined = draft.link.state === 'connected'
    openButton.textContent = isJoined ? 'Show the preview' : 'Open the preview'
    blockButton.disabled = !isJoined || isBlocked
  }

  draft.link.onChange(() => {
    showState()
    if (draft.link.state === 'connected') say('The preview follows.')
    if (draft.link.state === 'lost') say('The preview is gone. It gets the text when it is back.')
  })
  openButton.addEventListener('click', () => {
    desk.call.openPreview().catch(complain)
  })
  blockButton.addEventListener('click', () => void typeWhileBlocked())
  return [draft.link, desk]
}

/** Types the sentence at the speed of a typist in a hurry. Gives how long each letter took, sorted. */
async function typeOut(draft: Draft): Promise<number[]> {
  const trips: number[] = []
  for (const letter of SENTENCE) {
    trips.push(await draft.type(letter))
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  trips.sort((one, other) => one - other)
  return trips
}

function milliseconds(duration = 0): string {
  return `${duration.toFixed(1)} ms`
}
