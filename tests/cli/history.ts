/** What a history of `tests/histories` is of, how its user's part is done, and how what came of it is told. */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTwoFilesPatch } from 'diff'
import { getFileInfo, format as formatText, resolveConfig } from 'prettier'
import { listProjectFiles } from '../../src/disk/list-files.ts'
import { A_KNOWN_GIT } from './known-git.ts'

export const HISTORIES = join(import.meta.dirname, '../histories')

/**
 * `history.json`. Beside it may be `edits.patch`, which is the user's, and `files/`, which the user put into the
 * project; and there is `expected.patch`: what is different in the project from one that is made at once.
 */
export interface History {
  title: string
  /** The flags that made the project. */
  project: string
  /** What the user has deleted, beside what `edits.patch` says. */
  deleted?: string[]
  /** Whether the user's editor writes every text with CRLF. */
  crlf?: boolean
  /** Whether the user has formatted the project, by the prettier settings that `edits.patch` leaves. */
  formatted?: boolean
  /** Whether prettier is in its `node_modules`; unless this says otherwise, where the project is formatted. */
  installed?: boolean
  /** Whether the project is in a git repository, with all of the edits committed; it is unless this says otherwise. */
  git?: 'none' | 'dirty'
  operations: Operation[]
}

interface Operation {
  run: string
  /** The version of the command; this one unless given. */
  by?: 'next'
  /** The exit code, 0 unless given. */
  exit?: number
  /** What it says beside, or why it refuses. */
  says?: string
  /** What becomes of files, but for those that are new, or as the user had left them. */
  outcomes?: Record<string, string>
}

export function readHistory(name: string): History {
  return JSON.parse(readFileSync(join(HISTORIES, name, 'history.json'), 'utf8'))
}

/** Does to a project what its user did. */
export async function applyEdits(name: string, history: History, project: string): Promise<void> {
  const patch = join(HISTORIES, name, 'edits.patch')
  const files = join(HISTORIES, name, 'files')
  for (const path of history.deleted ?? []) rmSync(join(project, path), { recursive: true })
  // What is around an edit need not be as it was: the templates change.
  if (existsSync(patch)) git(project, 'apply', '-C0', '--recount', '--whitespace=nowarn', patch)
  if (existsSync(files)) cpSync(files, project, { recursive: true })
  if (!history.formatted && !history.crlf) return
  for (const [path, text] of readTexts(project)) {
    const formatted = history.formatted ? await format(project, path, text) : text
    const written = history.crlf ? formatted.replaceAll(/\r?\n/g, '\r\n') : formatted
    writeFileSync(join(project, path), written)
  }
}

/** Runs git as somebody who has no settings. */
export function git(cwd: string, ...args: string[]): void {
  execFileSync('git', args, { cwd, env: { ...process.env, ...A_KNOWN_GIT }, stdio: 'pipe' })
}

export function commitAll(project: string): void {
  git(project, 'add', '--all')
  git(project, 'commit', '--quiet', '--allow-empty', '--message', 'Step')
}

/**
 * What is different in `grown` from `made`, and nothing around it that is another when the templates change elsewhere. What its user's format and line ends have made of the whole is no difference.
 */
export async function describeDifference(
  made: string,
  grown: string,
  { crlf, formatted }: History,
): Promise<string> {
  const [before, after] = [readTexts(made), readTexts(grown)]
  const parts: string[] = []
  for (const path of new Set([...before.keys(), ...after.keys()].toSorted())) {
    const [raw = '', written] = [before.get(path), after.get(path)]
    if (raw === written) continue
    const old = formatted && before.has(path) ? await format(grown, path, raw) : raw
    const now = crlf && written ? withoutCrlf(written) : written
    if (old !== now) parts.push(describeFile(path, old, now))
  }
  return parts.join('\n')
}

function describeFile(path: string, before: string, after: string | undefined): string {
  if (after === undefined) return `deleted: ${path}\n`
  if (`${before}${after}`.includes('\0')) return `no text: ${path}\n`
  const patch = createTwoFilesPatch(path, path, before, after, '', '', { context: 0 })
  return patch
    .split('\n')
    .slice(2)
    .map((line) => line.replace(/^@@ .*|\t$/, (found) => (found === '\t' ? '' : '@@')))
    .join('\n')
}

/** Only where every line ends with CRLF: another end among them is a difference. */
function withoutCrlf(text: string): string {
  const lines = text.split('\n').slice(0, -1)
  return lines.every((line) => line.endsWith('\r')) ? text.replaceAll('\r\n', '\n') : text
}

/** Formatted texts by their settings and what they were. */
const formatted = new Map<string, string>()

/** As `npm run format` of the project would. */
async function format(project: string, path: string, text: string): Promise<string> {
  const file = join(project, path)
  const ignorePath = join(project, '.prettierignore')
  const { ignored, inferredParser: parser } = await getFileInfo(file, { ignorePath })
  if (ignored || !parser) return text
  const options = await resolveConfig(file, { editorconfig: true })
  const key = JSON.stringify([options, path, text])
  const known = formatted.get(key) ?? (await formatText(text, { ...options, parser }))
  formatted.set(key, known)
  return known
}

/** The files of a project: what is no text has a zero in it. */
function readTexts(project: string): Map<string, string> {
  return new Map(
    listProjectFiles(project).map((path) => {
      const content = readFileSync(join(project, path))
      return [path, content.toString(content.includes(0) ? 'latin1' : 'utf8')]
    }),
  )
}
