import { version } from '../package.json'
import { CATALOGUE, SCHEMA } from './catalogue/built-in.ts'
import { listWords, parseArguments } from './command-line/command.ts'
import { describeCompletion } from './command-line/completion.ts'
import { TEMPLATES, create } from './create.ts'
import { reasonOf } from './disk/disk-reason.ts'
import { describeError, errorToJson, exitCodeOf } from './errors.ts'
import { updateTo } from './grow/delegate.ts'
import { grow } from './grow/grow.ts'
import { showOwnChanges } from './grow/own-changes.ts'
import { catalogueToJson, describeCatalogue } from './report/list.ts'
import { tell } from './terminal/print.ts'
import { toPrintableJson } from './terminal/printable.ts'

/** Runs the command; sets the exit code and never throws. */
export async function run(argv: string[]): Promise<void> {
  process.stdout.on('error', explainLostOutput)
  try {
    await obey(argv)
  } catch (error) {
    if (argv.includes('--json')) {
      console.log(toPrintableJson({ success: false, error: errorToJson(error) }))
    }
    console.error(describeError(error, argv.includes('--debug')))
    process.exitCode = exitCodeOf(error)
  }
}

function explainLostOutput(error: NodeJS.ErrnoException): void {
  // Who reads has seen enough, such as `head`.
  if (error.code === 'EPIPE') return
  tell(`Could not write the output: ${reasonOf(error)}.`)
  process.exitCode ||= 1
}

async function obey(argv: string[]): Promise<void> {
  const invocation = parseArguments(argv, CATALOGUE, version)
  switch (invocation.command) {
    case 'create':
      return create(invocation.flags, CATALOGUE)
    case 'list':
      return console.log(
        invocation.json
          ? toPrintableJson(catalogueToJson(CATALOGUE))
          : describeCatalogue(CATALOGUE, invocation.diagram),
      )
    case 'completion':
      return console.log(describeCompletion(invocation.shell, listWords(CATALOGUE)))
    case 'grow':
      return grow(invocation.change, invocation.flags, CATALOGUE, TEMPLATES)
    case 'delegate':
      return updateTo(invocation.version, invocation.flags)
    case 'diff':
      return showOwnChanges(invocation.flags, CATALOGUE, TEMPLATES)
    case 'schema':
      return console.log(JSON.stringify(SCHEMA, null, 2))
    case 'none':
      return undefined
  }
}
