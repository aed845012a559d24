import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'

/** What is remembered of the view from one run to the next. */
interface State {
  isOpen: boolean
}

const FIRST: State = { isOpen: true }

export function readState(): State {
  try {
    return { ...FIRST, ...JSON.parse(readFileSync(filePath(), 'utf8')) }
  } catch {
    return FIRST // there is none yet
  }
}

export function writeState(state: State): void {
  try {
    writeFileSync(filePath(), JSON.stringify(state))
  } catch (error) {
    console.error('Whether the live view was open is not remembered:', error)
  }
}

function filePath(): string {
  return join(app.getPath('userData'), 'live-view.json')
}
