import { resolve } from 'node:path'
import { styleText } from 'node:util'
import type { Destination } from './choices.ts'
import { drawForTerminal } from './diagram.ts'
import type { Project } from './plan.ts'
import { quoteForShell } from './shell.ts'

export interface Result {
  destination: Destination
  project: Project
  fileCount: number
  packageManager: string
}

/** What to print after a project was made: what is there, what to do next, how to do it again. */
export function describeResult({
  destination,
  project,
  fileCount,
  packageManager,
}: Result): string {
  return [
    `${styleText('green', 'Created')} ${project.name}: ${fileCount} files in ${destination.path}`,
    '',
    ...drawForTerminal(project).map(indent),
    '',
    'Next:',
    ...listNextCommands(destination, packageManager).map(emphasize).map(indent),
    '',
    'To make the same project again:',
    indent(emphasize(project.command)),
  ].join('\n')
}

function listNextCommands({ directory, path }: Destination, packageManager: string): string[] {
  const enter = path === resolve('.') ? [] : [`cd ${quoteForShell(directory)}`]
  return [...enter, `${packageManager} install`, `${packageManager} run dev`]
}

function emphasize(command: string): string {
  return styleText('cyan', command)
}

function indent(line: string): string {
  return `  ${line}`
}
