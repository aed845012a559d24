import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Rectangle, app } from 'electron'

/** What is remembered of the view from one run to the next. */
interface State {
  isOpen: boolean
  bounds?: Rectangle
}

const FIRST: State = { isOpen: true }

export function readState(): State {
  try {
    return { ...FIRST, ...JSON.parse(readFileSync(filePath(), 'utf8')) }
  } catch {
    return FIRST // there is none yet
  }
}

export function writeState(changes: Partial<State>): void {
  try {
    writeFileSync(filePath(), JSON.stringify({ ...readState(), ...changes }))
  } catch (error) {
    console.error('Where the live view was is not remembered:', error)
  }
}

function filePath(): string {
  return join(app.getPath('userData'), 'live-view.json')
}
