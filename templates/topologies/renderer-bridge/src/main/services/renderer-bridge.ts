/** Opens the windows for each other. What they say to each other does not pass through here. */
import { type BrowserWindow, app, screen } from 'electron'
import { MAX_BLOCKED_MS } from '../../contracts/desk'
import { serve } from '../../ports/link'
import { pageUrl } from '../content'
import type { Main } from '../services'

/** In pixels: room for a comfortable line of text. */
const PREVIEW_WIDTH = 560

export function start({ ports, windows }: Main): void {
  serve(ports, 'app-desk', {
    openPreview: async () => windows.open('preview'),
    blockMain: async (milliseconds) => block(milliseconds),
  })
  serve(ports, 'preview-desk', { openEditor: async () => windows.open('app') })

  app.on('browser-window-created', (_event, window) => {
    window.once('ready-to-show', () => {
      if (window.webContents.getURL() === pageUrl('preview')) putAside(window)
    })
  })
}

function block(milliseconds: number): void {
  if (!(Number.isFinite(milliseconds) && milliseconds >= 0 && milliseconds <= MAX_BLOCKED_MS)) {
    const message = `Main can be blocked for 0 to ${MAX_BLOCKED_MS} ms.`
    throw Object.assign(new RangeError(message), { code: 'OUT_OF_RANGE' })
  }
  const end = performance.now() + milliseconds
  while (performance.now() < end);
}

/** To the right of the screen: in the middle it would cover the editor. */
function putAside(window: BrowserWindow): void {
  const { x, y, width, height } = screen.getDisplayMatching(window.getBounds()).workArea
  const bounds = window.getBounds()
  window.setBounds({
    x: x + Math.max(0, width - PREVIEW_WIDTH),
    y: Math.min(bounds.y, y + height),
    width: PREVIEW_WIDTH,
    height: bounds.height,
  })
}
