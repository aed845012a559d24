import { Argument, Command, type CommanderError, Option } from 'commander'
import { SHELLS, type Shell, type Words } from './completion.ts'
import type { Flags } from './choices.ts'
import { UsageError } from './errors.ts'
import { PACKAGE_MANAGERS } from './package-manager.ts'
import type { Topology } from './topologies.ts'

/** What the command line asks for. */
export type Invocation =
  | { command: 'create'; flags: Flags }
  | { command: 'list'; json: boolean; diagram: boolean }
  | { command: 'completion'; shell: Shell }

const EXAMPLES = `
Examples:
  npm create electron-ports@latest
  npm create electron-ports@latest my-app -- --topology worker-window
  npx create-electron-ports my-app --topology main-port,utility-process --install --git
  npx create-electron-ports list --diagram`

/**
 * Reads the command line; prints and exits by itself for --help and --version.
 * Throws a UsageError on an unknown flag, a flag without its value or a second directory.
 */
export function parseArguments(argv: string[], catalogue: Topology[], version: string): Invocation {
  let invocation: Invocation | undefined
  const program = defineProgram(catalogue, version, (found) => (invocation = found))
  // Some shells and package managers leave the "--" of `npm create … -- --flag` in place.
  program.parse(
    argv.filter((argument) => argument !== '--'),
    { from: 'user' },
  )
  if (!invocation) throw new Error('The command line asked for nothing.')
  return invocation
}

function defineProgram(
  catalogue: Topology[],
  version: string,
  use: (invocation: Invocation) => void,
): Command {
  const program = new Command('create-electron-ports')
    .description('Start an Electron app whose processes talk over MessagePorts.')
    .configureOutput({ outputError: () => {} })
    .exitOverride(rejectUsage)
    .version(version, '-v, --version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand(false)
    .addHelpText('after', `\n${describeTopologies(catalogue)}\n${EXAMPLES}`)
    .allowExcessArguments()
    .argument('[directory]', 'where to make the project')
    .option('-t, --topology <names>', 'who runs where and talks to whom (a list: a,b)', collect)
    .option('-y, --yes', 'take the defaults for what is not given')
    .addOption(
      new Option('--pm <name>', 'the package manager to use').choices([...PACKAGE_MANAGERS]),
    )
    .option('--install', 'install the dependencies')
    .option('--no-install', 'do not, and do not ask')
    .option('--git', 'make a repository with a first commit')
    .option('--no-git', 'do not, and do not ask')
    .option('--force', 'write into a folder in use; files in the way are kept as a backup')
    .option('--dry-run', 'show what would be written, and write nothing')
    .option('--json', 'print one JSON object, and nothing else')
    .option('--debug', 'show the stack of an error')
    .action((_directory, options: Omit<Flags, 'directory'>, command: Command) => {
      if (command.args.length > 1) throw new UsageError(describeExcess(command.args))
      use({ command: 'create', flags: { ...options, directory: command.args[0] } })
    })
  program
    .command('list')
    .description('show the topologies there are')
    .option('--json', 'as JSON')
    .option('--diagram', 'with who talks to whom')
    .action((_options, command: Command) => {
      // A flag that the command above has as well is taken by that.
      const { json = false, diagram = false } = command.optsWithGlobals()
      use({ command: 'list', json, diagram })
    })
  program
    .command('completion')
    .description('print a script that completes this command in a shell')
    .addArgument(new Argument('<shell>').choices([...SHELLS]))
    .action((shell: Shell) => use({ command: 'completion', shell }))
  return program
}

/** What the shells can complete. */
export function listWords(catalogue: Topology[]): Words {
  const { options } = defineProgram(catalogue, '', () => {})
  const flags = options.flatMap(({ long, description }) =>
    long && description ? [{ long, description }] : [],
  )
  return { flags, topologies: catalogue }
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
  const sentence = `${complaint.charAt(0).toUpperCase()}${complaint.slice(1).replace(/\.$/, '')}.`
  throw new UsageError(`${sentence} ${hint.replace(/^\((.*)\)$/, '$1') || 'See --help.'}`)
}
