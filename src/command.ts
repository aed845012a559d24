import { Command, CommanderError } from 'commander'
import type { Flags } from './choices.ts'
import { UsageError } from './errors.ts'
import type { Topology } from './topologies.ts'

const EXAMPLES = `
Examples:
  npm create electron-ports@latest
  npm create electron-ports@latest my-app -- --topology worker-window
  npx create-electron-ports my-app --topology worker-window`

/**
 * Reads the command line; prints and exits by itself for --help and --version.
 * Throws a UsageError on an unknown flag, a flag without its value or a second directory.
 */
export function parseArguments(argv: string[], catalogue: Topology[], version: string): Flags {
  const command = defineCommand(catalogue, version)
  // Some shells and package managers leave the "--" of `npm create … -- --flag` in place.
  command.parse(
    argv.filter((argument) => argument !== '--'),
    { from: 'user' },
  )
  if (command.args.length > 1) throw new UsageError(describeExcess(command.args))
  return { directory: command.args[0], topology: command.opts().topology }
}

function defineCommand(catalogue: Topology[], version: string): Command {
  return new Command('create-electron-ports')
    .description('Start an Electron app whose processes talk over MessagePorts.')
    .argument('[directory]', 'where to make the project')
    .option('--topology <names>', 'who runs where and talks to whom (a list: a,b)', collect)
    .option('--debug', 'show the stack of an error')
    .version(version, '-v, --version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .addHelpText('after', `\n${describeTopologies(catalogue)}\n${EXAMPLES}`)
    .allowExcessArguments()
    .configureOutput({ outputError: () => {} })
    .exitOverride(rejectUsage)
}

function collect(value: string, previous: string[] = []): string[] {
  return [...previous, value]
}

function describeTopologies(catalogue: Topology[]): string {
  const width = Math.max(...catalogue.map(({ name }) => name.length))
  const lines = catalogue.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`)
  return ['Topologies:', ...lines].join('\n')
}

function describeExcess(directories: string[]): string {
  const list = directories.map((directory) => `"${directory}"`).join(', ')
  return `Expected one directory but got ${list}. Quote a path that has spaces, and after npm create put "--" before the flags.`
}

/** Lets commander exit after --help and --version, and restates its complaints as ours. */
function rejectUsage(error: CommanderError): void {
  if (error.exitCode === 0) return
  const [complaint = '', hint = ''] = error.message
    .replace('error: ', '')
    .replaceAll("'", '"')
    .split('\n')
  const sentence = `${complaint.charAt(0).toUpperCase()}${complaint.slice(1)}.`
  throw new UsageError(`${sentence} ${hint.replace(/^\((.*)\)$/, '$1') || 'See --help.'}`)
}
