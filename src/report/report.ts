import { styleText } from 'node:util'
import type { Choices } from '../command-line/choices.ts'
import type { Destination } from '../command-line/destination.ts'
import { currentFolder } from '../disk/current-folder.ts'
import { drawForTerminal } from '../graph/diagram.ts'
import type { PackageManager } from '../programs/package-manager.ts'
import type { Project } from '../render/plan.ts'
import { toPrintable } from '../terminal/printable.ts'
import { quoteForShell } from '../terminal/shell.ts'
import { indent, terminalWidth } from '../terminal/terminal.ts'
import type { Placement } from '../write/placement.ts'
import { drawTree, formatSize, totalSize } from './dry-run.ts'

/** What a run has come to. */
export interface Result {
  choices: Choices
  project: Project
  placement: Placement
  /** True when nothing was written, for that was asked for. */
  isDryRun: boolean
  /** Where the files are that gave way, relative to the project. */
  backup?: string | undefined
  /** True when a repository was made of it, with a first commit. */
  hasRepository: boolean
  /** What the user should know beside: one sentence each. */
  notes: string[]
}

/** What to print after a project was made: what is there, what to do next, how to do it again. */
export function describeResult(result: Result): string {
  const { choices, project, placement, isDryRun } = result
  const { files } = placement
  const { path } = choices.destination
  const verb = isDryRun ? styleText('yellow', 'Would create') : styleText('green', 'Created')
  const size = formatSize(totalSize(files))
  const remarks = listRemarks(result)
  return [
    `${verb} ${project.name}: ${files.size} files, ${size}, in ${path}`,
    ...(isDryRun ? ['', ...drawTree(files).split('\n').map(indent)] : []),
    '',
    ...drawForTerminal(project, terminalWidth() - 2).map(indent),
    '',
    ...remarks,
    ...(remarks.length > 0 ? [''] : []),
    'Next:',
    ...listNextCommands(choices).map(emphasize).map(indent),
    '',
    'To make the same project again:',
    indent(emphasize(project.command)),
  ].join('\n')
}

/** The same for a program. */
export function resultToJson(result: Result, version: string): object {
  const { choices, project, placement, isDryRun, backup, hasRepository, notes } = result
  return {
    success: true,
    dryRun: isDryRun,
    name: project.name,
    path: choices.destination.path,
    topologies: project.topologies.map(({ name }) => name),
    ui: project.app.ui,
    files: [...placement.files].map(([path, { content }]) => ({ path, bytes: content.length })),
    kept: placement.kept,
    replaced: placement.replaced,
    backup: backup ?? null,
    packageManager: choices.packageManager,
    installed: choices.install && !isDryRun,
    repository: hasRepository,
    notes,
    command: project.command,
    next: listNextCommands(choices),
    versions: { 'create-electron-ports': version, node: process.versions.node },
    elapsedMs: Math.round(performance.now()),
  }
}

/** What the user should know beside what is there: one sentence each. */
export function listRemarks({
  project,
  placement,
  isDryRun,
  backup,
  hasRepository,
  notes,
}: Result): string[] {
  const { replaced } = placement
  return [
    ...placement.kept.map((file) => `Kept ${file} as it was.`),
    ...(backup ? [`Kept ${describeCount(replaced)} in the way in ${backup}/.`] : []),
    ...(isDryRun ? replaced.map((file) => `Would move ${file} to a backup.`) : []),
    ...(project.ui && project.app.topologies.size > 0
      ? [
          `With ${project.ui.title} a topology comes as its skeleton: the demos are plain TypeScript.`,
        ]
      : []),
    ...(hasRepository ? ['Made a git repository, with a first commit.'] : []),
    ...notes.map(toPrintable),
  ]
}

function describeCount(files: string[]): string {
  return files.length === 1 ? '1 file that was' : `${files.length} files that were`
}

function listNextCommands({ destination, packageManager, install }: Choices): string[] {
  return [
    ...enterCommand(destination),
    ...(install ? [] : [`${packageManager} install`]),
    runCommand(packageManager),
  ]
}

function enterCommand({ directory, path }: Destination): string[] {
  return path === currentFolder() ? [] : [`cd ${quoteForShell(directory)}`]
}

function runCommand(packageManager: PackageManager): string {
  return `${packageManager} run dev`
}

function emphasize(command: string): string {
  return styleText('cyan', command)
}
