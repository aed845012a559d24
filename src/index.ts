import { version } from '../package.json'
import { readCatalogue } from './catalogue/topologies.ts'
import { listWords, parseArguments } from './command-line/command.ts'
import { describeCompletion } from './command-line/completion.ts'
import { TEMPLATES, create } from './create.ts'
import { describeError, errorToJson, exitCodeOf } from './errors.ts'
import { catalogueToJson, describeCatalogue } from './report/list.ts'
import { toPrintableJson } from './terminal/printable.ts'

/** Runs the command; sets the exit code and never throws. */
export async function run(argv: string[]): Promise<void> {
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

async function obey(argv: string[]): Promise<void> {
  const catalogue = readCatalogue(TEMPLATES)
  const invocation = parseArguments(argv, catalogue, version)
  switch (invocation.command) {
    case 'create':
      return create(invocation.flags, catalogue)
    case 'list':
      return console.log(
        invocation.json
          ? toPrintableJson(catalogueToJson(catalogue))
          : describeCatalogue(catalogue, invocation.diagram),
      )
    case 'completion':
      return console.log(describeCompletion(invocation.shell, listWords(catalogue)))
  }
}
