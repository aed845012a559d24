import { existsSync, lstatSync, readFileSync, readdirSync, rmSync, rmdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { version } from '../../package.json'
import { askToUndo, canAsk } from '../ask/prompts.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Templates } from '../catalogue/templates.ts'
import { CHOICES_FILE } from '../choices-file/choices-file.ts'
import { type Target, inspectTarget } from '../disk/target.ts'
import { FailedError } from '../errors.ts'
import { findOwnFormat, inOwnFormat } from '../format/own-format.ts'
import type { FileChange } from '../merge/merge-file.ts'
import { type Contents, mergeProject } from '../merge/merge-project.ts'
import { hasMarkers } from '../merge/merge-text.ts'
import { areCommitted, findUncommitted } from '../programs/git.ts'
import { putInOrder } from '../recover/put-in-order.ts'
import { type AppChoices, type Project, planProject } from '../render/plan.ts'
import { renderProject } from '../render/render.ts'
import { listFirstFiles } from '../report/first-files.ts'
import { type Growth, describeGrowth, growthToJson, hasConflict } from '../report/growth.ts'
import { describePatch } from '../report/patch.ts'
import { cancelOnSignal } from '../signals.ts'
import { listSome } from '../terminal/list-some.ts'
import { tell } from '../terminal/print.ts'
import { toPrintableJson } from '../terminal/printable.ts'
import { refuseIrreplaceable } from '../write/placement.ts'
import { writeProject } from '../write/write.ts'
import { renderBase } from './base.ts'
import { type Change, NO_CHANGE } from './change.ts'
import { newLocator } from './moved-files.ts'
import { type KnownProject, readProject } from './read-project.ts'

export interface GrowFlags {
  project?: string | undefined
  base?: string | undefined
  fromCommand?: string | undefined
  force?: boolean | undefined
  dryRun?: boolean | undefined
  diff?: boolean | undefined
  json?: boolean | undefined
}

/**
 * Changes what a project is of, and keeps what its user has changed: the files as the choices before render
 * them, as those after do, and the user's are merged.
 *
 * Sets the exit code to 1 when there are conflicts. Throws a CliError, and has written nothing, when it cannot.
 */
export async function grow(
  change: Change,
  flags: GrowFlags,
  catalogue: Catalogue,
  templates: Templates,
): Promise<void> {
  const { json = false, dryRun: isDryRun = false } = flags
  const folder = resolve(flags.project ?? '.')
  // First, for what a killed run has moved may be what is read here.
  const target = await putInOrder(inspectTarget(folder), {
    isDryRun,
    confirm: async () => {
      if (!json && canAsk()) await askToUndo()
    },
    tell,
  })
  const project = readProject(folder, catalogue, flags.fromCommand)
  if (change !== NO_CHANGE) refuseOlder(project)
  const render = (app: AppChoices): Contents => renderKnown(project, app, catalogue, templates)
  const after = change(project.app, catalogue)
  const base = await renderBase(project, flags.base, catalogue, () => render(project.app))
  const { changes, notes } = await mergeChanges(folder, base, render(after))
  notes.push(...noteSkeletons(project.app, after))
  const patches = flags.diff ? changes.map((each) => describeLines(folder, each)) : []
  const backup = isDryRun ? undefined : await write(target, changes, flags)
  const plan = (app: AppChoices): Project => planProject(project.name, app, catalogue, version)
  const first = listFirstFiles(plan(project.app), plan(after))
  const growth = { project, after, catalogue, changes, notes, isDryRun, backup, patches, first }
  console.log(json ? toPrintableJson(growthToJson(growth)) : describeGrowth(growth))
  if (hasConflict(changes)) process.exitCode = 1
}

/** Two changes at once are not to be told apart in what comes of them. */
function refuseOlder({ version: other }: KnownProject): void {
  if (other === version) return
  throw new FailedError(
    `The project is of version ${other}, and this command of ${version}. Bring the project here by update first, or have its own version do it: npx create-electron-ports@${other}`,
  )
}

/** The files of a project as this version renders them for such choices. */
export function renderKnown(
  { name, usesYarn }: KnownProject,
  app: AppChoices,
  catalogue: Catalogue,
  templates: Templates,
): Contents {
  const plan = planProject(name, app, catalogue, version, usesYarn)
  const files = renderProject(plan, templates)
  return new Map([...files].map(([path, { content }]) => [path, content]))
}

/** What was asked for by the name of a topology may be expected with its demo. */
function noteSkeletons(before: AppChoices, { topologies, demos }: AppChoices): string[] {
  const added = [...topologies].filter((name) => !before.topologies.has(name))
  if (demos || added.length === 0) return []
  return [`Without its demo, for this project has none: ${listSome(added)}.`]
}

/** What the project says of itself is not the user's to change: it is as the choices are. */
async function mergeChanges(
  folder: string,
  base: Contents,
  theirs: Contents,
): Promise<Pick<Growth, 'changes' | 'notes'>> {
  const read = (path: string): Buffer | undefined => {
    refuseIrreplaceable(folder, path)
    if (path === CHOICES_FILE) return base.get(path)
    const ours = readIfThere(join(folder, path))
    if (ours) refuseUnsettled(path, String(ours))
    return ours
  }
  const { format, obstacle } = await findOwnFormat(folder, base)
  const sides = format ? await inOwnFormat([base, theirs], read, format) : ([base, theirs] as const)
  const locate = newLocator(folder, (path) => base.has(path) || theirs.has(path))
  const changes = mergeProject(...sides, { read, locate })
  return { changes, notes: obstacle && isFormatOfWeight(changes) ? [describe(obstacle)] : [] }
}

/** Where nothing of the user's met anything of the template's it makes no difference. */
function isFormatOfWeight(changes: FileChange[]): boolean {
  return changes.some(({ outcome }) => ['merged', 'kept', 'conflict'].includes(outcome))
}

function describe(obstacle: string): string {
  return `Your prettier settings are not those of the template, and were not followed: ${obstacle}. What differs in its format alone counts as changed.`
}

/** Markers among markers could not be told apart. */
function refuseUnsettled(path: string, text: string): void {
  if (!hasMarkers(text)) return
  throw new FailedError(
    `"${path}" has a conflict of an earlier run in it: look for "<<<<<<<". Settle that first.`,
  )
}

export function readIfThere(path: string): Buffer | undefined {
  return lstatSync(path, { throwIfNoEntry: false }) ? readFileSync(path) : undefined
}

/** What becomes of the lines of a file that is there, or comes. */
function describeLines(folder: string, { path, from, content, outcome }: FileChange): string {
  const [ours] = [path, from ?? path].flatMap((each) => readIfThere(join(folder, each)) ?? [])
  const after = outcome === 'removed' ? undefined : (content ?? ours)
  return describePatch(path, ['your', ours], ['the new', after])
}

/** Returns the name of the backup where one stays. */
async function write(
  target: Target,
  changes: FileChange[],
  { force = false }: GrowFlags,
): Promise<string | undefined> {
  const { path: folder } = target
  if (!force) await refuseUncommitted(folder)
  const written = changes.filter(({ content, outcome }) => content || outcome === 'removed')
  if (written.length === 0) return undefined
  const replaced = written
    .flatMap(({ path, from }) => (from === undefined ? [path] : [path, from]))
    .filter((path) => existsSync(join(folder, path)))
  const files = new Map(
    written.flatMap(({ path, content }) =>
      content ? [[path, { content, from: 'the merge', how: 'merged' as const }] as const] : [],
    ),
  )
  const backup = await cancelOnSignal((signal) =>
    writeProject(target, { files, kept: [], replaced }, signal),
  )
  for (const path of replaced) removeEmptyFolders(folder, dirname(path))
  if (force || !backup || !(await areCommitted(folder, replaced))) return backup
  rmSync(join(folder, backup), { recursive: true })
  return undefined
}

async function refuseUncommitted(folder: string): Promise<void> {
  const reason = await findUncommitted(folder)
  if (!reason) return
  throw new FailedError(
    `${reason}, so nothing could be taken back. Commit or stash first, or give --force, which keeps the files it changes as a backup.`,
  )
}

function removeEmptyFolders(root: string, folder: string): void {
  const path = join(root, folder)
  if (folder === '.' || !existsSync(path) || readdirSync(path).length > 0) return
  rmdirSync(path)
  removeEmptyFolders(root, dirname(folder))
}
