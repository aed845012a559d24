/**
 * The page of the preview. It shows the text of the editor, keeps a copy of it for an editor that comes
 * back, and asks the editor to change it.
 */
import type { Editor, Preview } from '../../contracts/document'
import type { Channel } from '../../ports/channel/channel'
import { type PagePorts, ports as ownPorts } from '../../ports/handoff/page'
import { Link, serve } from '../../ports/link'
import type { LinksOf } from '../../topology'
import { apply, partsOf } from '../sync/edits'
import { SharedScroll } from '../sync/shared-scroll'
import { Sheet } from './sheet'

/** An editor that hangs, or dies unheard, is found within three times as much. */
const HEARTBEAT_MS = 2000

/** For how long a new editor waits for the last edits of the one before. */
const LAST_EDITS_MS = 500

const find = <Kind extends HTMLElement>(selector: string) =>
  document.querySelector(selector) as Kind
const page = find('#sheet')
const status = find('#status')
const openButton = find<HTMLButtonElement>('#open')

const ports: PagePorts<LinksOf<'preview'>> = ownPorts
const desk = new Link(ports, 'preview-desk')
const sheet = new Sheet(page)
const scroll = new SharedScroll(page, (place) => editor?.notify.scroll(place))

let text: string | undefined
let isDrawing = false
let editor: Channel<Editor> | undefined
/** Settled when no more edits of the editor before this one can come. */
let formerIsDone: Promise<unknown> | undefined

const preview: Preview = {
  async *held() {
    await formerIsDone
    if (text !== undefined) yield* partsOf(text)
  },
  edit(edit) {
    text = apply(text ?? '', edit)
    drawSoon()
  },
  scroll: (place) => scroll.follow(place),
  async ping() {},
}

serve(ports, 'document', preview, {
  heartbeat: HEARTBEAT_MS,
  onChannel: (channel) => void join(channel),
})

async function join(channel: Channel<Editor>): Promise<void> {
  // The last edits of one that was reloaded may still be on their way, over its own port.
  formerIsDone = editor && Promise.race([editor.closed, sleep(LAST_EDITS_MS)])
  editor = channel
  if (text !== undefined) editor.notify.scroll(scroll.place)
  showState()
  await channel.closed
  if (editor === channel) editor = undefined
  showState()
}

/** Once a frame, however many edits there are. */
function drawSoon(): void {
  if (isDrawing) return
  isDrawing = true
  requestAnimationFrame(() => {
    isDrawing = false
    sheet.show(text ?? '')
    scroll.follow()
  })
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

function showState(): void {
  document.body.dataset['state'] = editor ? 'connected' : 'lost'
  openButton.textContent = editor ? 'Show the editor' : 'Open the editor'
  if (editor) say(`Joined to the editor. This page is ${location.origin}.`)
  else say('The editor is gone. This is its last text.')
}

function say(message: string): void {
  status.textContent = message
}

/** The box shows at once what its user wants, and the editor's edit makes it so. */
async function tick(box: HTMLInputElement): Promise<void> {
  const task = sheet.taskOf(box)
  try {
    if (!editor || !task) throw new Error('Open the editor to change the text.')
    await editor.call.tick(task.line, task.source, box.checked)
  } catch (error) {
    box.checked = !box.checked
    complain(error)
  }
}

function complain(error: unknown): void {
  say(error instanceof Error ? error.message : String(error))
}

page.addEventListener('change', ({ target }) => void tick(target as HTMLInputElement))
openButton.addEventListener('click', () => {
  desk.call.openEditor().catch(complain)
})
