import { version } from '../package.json'
import { listWords, parseArguments } from './command-line/command.ts'
import { describeCompletion } from './command-line/completion.ts'
import { TEMPLATES, create } from './create.ts'
import { describeError, errorToJson, exitCodeOf } from './errors.ts'
import { catalogueToJson, describeCatalogue } from './report/list.ts'
import { readCatalogue } from './catalogue/topologies.ts'

/** Runs the command; sets the exit code and never throws. */
export async function run(argv: string[]): Promise<void> {
  try {
    await obey(argv)
  } catch (error) {
    if (argv.includes('--json')) {
      console.log(JSON.stringify({ success: false, error: errorToJson(error) }, null, 2))
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
          ? JSON.stringify(catalogueToJson(catalogue), null, 2)
          : describeCatalogue(catalogue, invocation.diagram),
      )
    case 'completion':
      return console.log(describeCompletion(invocation.shell, listWords(catalogue)))
  }
}
