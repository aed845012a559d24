/**
 * What is known of a run while it writes. It lies in a folder of the user's, which nothing gets into that
 * comes with a clone or an archive. What is found beside a project is undone on the word of a record
 * only, and a record speaks of two folders only, by their inodes: a copy has others.
 */
import {
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { homedir, uptime } from 'node:os'
import { basename, dirname, isAbsolute, join } from 'node:path'
import { isThere } from '../disk/is-there.ts'
import { type Journal, isJournal } from './roll-back.ts'

/** A run that writes, or did. */
export interface Run {
  /** Its temporary folder, which lies in the folder that it writes into, or beside the one it makes. */
  staging: string
  process: number
  /** In milliseconds since 1970. */
  startedAt: number
  /** What it moves in a folder that was there before. */
  journal?: Journal | undefined
}

type RunRecord = Run & { inodes: string[] }

/**
 * Writes down that this process is at work, and what it moves: there at once, or not at all.
 * Throws when the disk refuses.
 */
export function keepRecord(staging: string, journal?: Journal): void {
  const file = fileOf(staging)
  const run: Run = { staging, process: process.pid, startedAt: Date.now(), journal }
  const record: RunRecord = { ...run, inodes: inodesOf(staging) }
  makeRecordsFolder()
  writeFileSync(`${file}.draft`, JSON.stringify(record))
  renameSync(`${file}.draft`, file)
}

/** From here on there is nothing to undo. */
export function dropRecord(staging: string): void {
  try {
    rmSync(fileOf(staging), { force: true })
  } catch {
    // Where none can be kept, there is none.
  }
}

/** The run that made `staging`; undefined unless that is known for sure. */
export function readRecord(staging: string): Run | undefined {
  try {
    const file = fileOf(staging)
    if (!isOurs(file)) return undefined
    const { inodes, ...run }: RunRecord = JSON.parse(readFileSync(file, 'utf8'))
    const isGenuine = String(inodes) === String(inodesOf(staging))
    const isSound = run.journal === undefined || isJournal(run.journal)
    return isGenuine && isSound ? { ...run, staging } : undefined
  } catch {
    return undefined
  }
}

/** Whether its process is there still, and not another of the same number. */
export function isRunning({ process: pid, startedAt }: Run): boolean {
  // A run in a container, whose process had the same number as this one; or from before a restart.
  if (pid === process.pid || startedAt < Date.now() - uptime() * 1000) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Where the records of this user lie. */
export function recordsFolder(): string {
  return join(stateFolder(), 'create-electron-ports')
}

/** Below a home that is there. Not by a recursive mkdir, which makes that too, and never ends in some places. */
function makeRecordsFolder(): void {
  const folder = recordsFolder()
  for (const part of [dirname(dirname(folder)), dirname(folder), folder]) {
    try {
      if (!isThere(part)) mkdirSync(part, { mode: 0o700 })
    } catch (error) {
      // Another run may have made it just now.
      if (!isThere(part)) throw error
    }
  }
}

/** What a system has for that which programs keep of a user, on one machine. */
function stateFolder(): string {
  const isWindows = process.platform === 'win32'
  const given = process.env[isWindows ? 'LOCALAPPDATA' : 'XDG_STATE_HOME'] ?? ''
  if (isAbsolute(given)) return given
  const home = homedir()
  if (!isAbsolute(home)) throw new Error('there is no home folder')
  return join(home, isWindows ? 'AppData/Local' : '.local/state')
}

function fileOf(staging: string): string {
  return join(recordsFolder(), `${basename(staging)}.json`)
}

/** Not written by a user whose home root works in. */
function isOurs(file: string): boolean {
  const found = lstatSync(file)
  return found.isFile() && (process.getuid === undefined || found.uid === process.getuid())
}

/**
 * Of the temporary folder, which is no link, and of that which it is in. Not of their disk as well, which
 * may have another number after a restart.
 */
function inodesOf(staging: string): string[] {
  const inner = lstatSync(staging, { bigint: true })
  if (!inner.isDirectory()) throw new Error(`"${staging}" is not a folder.`)
  const outer = statSync(dirname(staging), { bigint: true })
  return [inner, outer].map(({ ino }) => ino.toString())
}
