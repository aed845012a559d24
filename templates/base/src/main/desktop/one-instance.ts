import { app } from 'electron'

/** The most that a second start says of itself, in characters: Chromium takes no message over 32 KiB. */
const MAX_SAID = 8192

/** What a second start of the app has brought along. It has ended by now. */
export interface SecondStart {
  /** As its `process.argv`. */
  readonly args: readonly string[]
  /** In which it was started: paths among the arguments are relative to it. */
  readonly folder: string
}

type Listener = (start: SecondStart) => void

const listeners = new Set<Listener>()

/**
 * Whether this is the only instance of the app that runs on this profile. Another one hears of this start, and shows
 * itself; this one is to end then.
 */
export function isOnlyInstance(): boolean {
  // While `npm run dev` runs electron-vite starts the next one before the last has ended.
  if (!app.isPackaged && process.env['ELECTRON_RENDERER_URL']) return true
  const isOnly = app.requestSingleInstanceLock({ args: encode(process.argv) })
  if (isOnly) {
    app.on('second-instance', (_event, args, folder, data) => tell(decode(data) ?? args, folder))
  }
  return isOnly
}

/**
 * Calls `listen` whenever the app is started a second time, such as for a file that was dropped on its icon.
 *
 * @returns how to stop that.
 */
export function onSecondStart(listen: Listener): () => void {
  listeners.add(listen)
  return () => void listeners.delete(listen)
}

function tell(args: readonly string[], folder: string): void {
  for (const listen of listeners) listen({ args, folder })
}

/**
 * For the arguments that Electron itself tells of are in another order, with some of Chromium's among them. As base64,
 * for on its way Electron loses some bytes beside others: a list of 9 to 13 arguments would arrive as null.
 */
function encode(args: string[]): string | undefined {
  const said = Buffer.from(JSON.stringify(args)).toString('base64')
  return said.length > MAX_SAID ? undefined : said
}

function decode(data: unknown): string[] | undefined {
  const { args } = Object(data) as { args?: unknown }
  return typeof args === 'string'
    ? (JSON.parse(Buffer.from(args, 'base64').toString()) as string[])
    : undefined
}
