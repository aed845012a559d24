import { Command, CommanderError } from 'commander'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { namesOf, namesOfUis } from '../catalogue/names-of.ts'
import { UsageError } from '../errors.ts'
import { KINDS } from '../graph/graph.ts'
import { PACKAGE_MANAGERS, type PackageManager } from '../programs/package-manager.ts'
import { BESIDE } from '../report/list.ts'
import { drawTable, indent } from '../terminal/terminal.ts'
import type { Flags } from './choices.ts'
import { type Change, NO_CHANGE, readAddition, readRemoval } from '../grow/change.ts'
import type { GrowFlags } from '../grow/grow.ts'
import { SHELLS, type Shell, type Words } from './completion.ts'
import { refuseFlagsKeptByNpm } from './kept-by-npm.ts'
import { describeUnknown } from './nearest.ts'

/** What the command line asks for. */
export type Invocation =
  | { command: 'create'; flags: Flags }
  | { command: 'list'; json: boolean; diagram: boolean }
  | { command: 'completion'; shell: Shell }
  | { command: 'grow'; change: Change; flags: GrowFlags }
  | { command: 'diff'; flags: GrowFlags }
  /** For another version of this command to do. */
  | { command: 'delegate'; version: string; flags: GrowFlags }
  | { command: 'schema' }
  /** What was asked for is shown. */
  | { command: 'none' }

const DEBUG = 'show the stack of an error'

const EXAMPLES = `
Examples:
  npm create electron-ports@latest
  npm create electron-ports@latest my-app -- --topology worker-window
  npx create-electron-ports my-app -t main-port,utility-process --install --git
  npx create-electron-ports my-app --node search:utility-process --link search:app:search
  npx create-electron-ports list --diagram

In a project, with all of it committed:
  npx create-electron-ports add reply-stream`

const ADD_EXAMPLES = `
Examples:
  npx create-electron-ports add reply-stream
  npx create-electron-ports add node search:utility-process
  npx create-electron-ports add link search:app:search

Kinds of node: ${KINDS.join(', ')}.
A link goes from the node that opens it to the one that serves it: "app" is the
first window, "main" the main process.`

/**
 * Reads the command line; prints by itself for --help and --version.
 * Throws a UsageError on an unknown flag, a flag without its value, a second directory, or a flag that npm kept.
 */
export function parseArguments(
  argv: string[],
  catalogue: Catalogue,
  version: string,
  env = process.env,
): Invocation {
  let invocation: Invocation | undefined
  const program = defineProgram(catalogue, version, (found) => (invocation = found))
  // Some shells and package managers leave the "--" of `npm create … -- --flag` in place.
  const words = argv.filter((argument) => argument !== '--')
  const topologies = namesOf(catalogue.topologies)
  program.hook('preAction', (_, command) => {
    const known = { options: command.options, topologies }
    refuseFlagsKeptByNpm(known, { options: command.optsWithGlobals(), words }, env)
  })
  try {
    program.parse(words, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) return { command: 'none' }
    throw error
  }
  if (!invocation) throw new Error('The command line asked for nothing.')
  return invocation
}

function defineProgram(
  catalogue: Catalogue,
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
    .configureHelp({ minWidthToWrap: 10 })
    .addHelpText('after', () => `\n${describeParts(catalogue)}\n${EXAMPLES}`)
    .enablePositionalOptions()
    .argument('[directory]', 'where to make the project')
    .option(
      '-t, --topology <names>',
      'who runs where and talks to whom: one or a list, a,b',
      collect,
    )
    .option('--no-demos', 'a skeleton of those, for your own code')
    .option(
      '--ui <name>',
      `the framework of its pages: ${namesOfUis(catalogue).join(', ')} (default: none)`,
    )
    .option('--node <name:kind>', 'a node of your own, or name:kind:many; repeatable', collect)
    .option('--link <name:from:to>', 'a link of your own; as many as you like', collect)
    .option('--from <file>', 'the choices of another project: its electron-ports.json')
    .option('--name <name>', 'what the project is called (default: as its folder)')
    .option('-y, --yes', 'take the defaults for what is not given')
    .option('--pm <name>', 'npm, pnpm, yarn or bun (default: what started this)', pickPm)
    .option('--install', 'install the dependencies')
    .option('--no-install', 'install nothing, and do not ask')
    .option('--git', 'make a repository with a first commit')
    .option('--no-git', 'make no repository, and do not ask')
    .option('--force', 'write into a folder in use; files in the way are kept as a backup')
    .option('--dry-run', 'show what would be written, and write nothing')
    .option('--json', 'print one JSON object, and nothing else')
    .option('--debug', DEBUG)
    .allowExcessArguments()
  for (const { name, without } of catalogue.features) program.option(`--no-${name}`, without)
  program.action((_directory, options: Omit<Flags, 'directory' | 'without'>, command: Command) => {
    if (command.args.length > 1) throw new UsageError(describeExcess(command.args))
    const directory = command.args[0]
    use({
      command: 'create',
      flags: { ...options, directory, without: listWithout(catalogue, options) },
    })
  })
  program
    .command('list')
    .description('show the topologies there are, and what a project has beside')
    .option('--json', 'as JSON')
    .option('--diagram', 'with who talks to whom, and when to choose which')
    .option('--debug', DEBUG)
    .allowExcessArguments(false)
    .action((_options, command: Command) => {
      const { json = false, diagram = false } = command.optsWithGlobals()
      use({ command: 'list', json, diagram })
    })
  program
    .command('completion')
    .description('print a script that completes this command in a shell')
    .argument('<shell>', SHELLS.join(', '), pickShell)
    .allowExcessArguments(false)
    .action((shell: Shell) => use({ command: 'completion', shell }))
  defineGrowing(program, use)
  program
    .command('schema')
    .description('print the JSON Schema of electron-ports.json')
    .allowExcessArguments(false)
    .action(() => use({ command: 'schema' }))
  return program
}

function listWithout({ features }: Catalogue, options: object): string[] {
  const left = Object.entries(options).filter(([, value]) => value === false)
  return namesOf(features).filter((name) => left.some(([flag]) => flag === name))
}

/** What changes a project that is there, and keeps what its user has changed. */
function defineGrowing(program: Command, use: (invocation: Invocation) => void): void {
  const define = (
    name: string,
    description: string,
    read: (words: string[]) => Change,
  ): Command => {
    const command = program
      .command(name)
      .description(description)
      .option('--force', 'also without git; the files it changes are kept as a backup')
      .option('--dry-run', 'show what would change, and change nothing')
      .option('--diff', 'show it line by line')
    return addProjectOptions(command).action(() => {
      use({ command: 'grow', change: read(command.args), flags: command.optsWithGlobals() })
    })
  }
  define(
    'add',
    'add topologies or features, or: add node NAME:KIND[:many], add link NAME:FROM:TO',
    readAddition,
  ).addHelpText('after', ADD_EXAMPLES)
  define(
    'remove',
    'remove topologies or features, or: remove demos, remove node NAME, remove link NAME',
    readRemoval,
  )
  const update = define('update', 'bring a project to this version, or to another', readNothing)
  update
    .option(
      '--from-command <command>',
      'the command in the README of a project without electron-ports.json',
    )
    .action(() => {
      const [version, ...more] = update.args
      if (version === undefined || more.length > 0) {
        return use({ command: 'grow', change: readNothing(more), flags: update.optsWithGlobals() })
      }
      return use({ command: 'delegate', version, flags: update.optsWithGlobals() })
    })
  const diff = program.command('diff').description('show what of a project is yours')
  addProjectOptions(diff).action(() => {
    readNothing(diff.args)
    use({ command: 'diff', flags: diff.optsWithGlobals() })
  })
}

function addProjectOptions(command: Command): Command {
  return command
    .argument('[words...]')
    .option('--project <folder>', 'where the project is (default: here)')
    .option(
      '--base <folder>',
      'the project as its own version made it, where that cannot be fetched',
    )
    .option('--json', 'print one JSON object, and nothing else')
    .option('--debug', DEBUG)
}

function readNothing(words: string[]): Change {
  if (words.length === 0) return NO_CHANGE
  throw new UsageError(`"${words[0]}" is not understood here. See --help.`)
}

/** What the shells can complete. */
export function listWords(catalogue: Catalogue): Words {
  const program = defineProgram(catalogue, '', () => {})
  const parts = namesOf([...catalogue.topologies, ...catalogue.features])
  const words: Record<string, string[]> = {
    add: ['node', 'link', ...parts],
    remove: ['demos', 'node', 'link', ...parts],
    completion: [...SHELLS],
  }
  const commands = program.commands.map((command): [string, Words['commands'][string]] => [
    command.name(),
    { flags: listFlags(command), words: words[command.name()] ?? [] },
  ])
  return {
    flags: listFlags(program),
    topologies: catalogue.topologies,
    uis: namesOfUis(catalogue),
    commands: Object.fromEntries(commands),
  }
}

function listFlags(command: Command): Words['flags'] {
  return command
    .createHelp()
    .visibleOptions(command)
    .map(({ short, long, description }) => ({ short, long: long ?? '', description }))
}

function collect(value: string, previous: string[] = []): string[] {
  return [...previous, value]
}

function pickPm(name: string): PackageManager {
  return pick('Package manager', name, PACKAGE_MANAGERS)
}

function pickShell(name: string): Shell {
  return pick('Shell', name, SHELLS)
}

/** Throws a UsageError when `word` is not among the known ones. */
function pick<Known extends string>(what: string, word: string, known: readonly Known[]): Known {
  const found = known.find((candidate) => candidate === word)
  if (found === undefined) throw new UsageError(describeUnknown(what, word, known))
  return found
}

function describeParts({ topologies, features }: Catalogue): string {
  const lines = [...drawSummaries(topologies), '', BESIDE, ...drawSummaries(features)]
  return ['Topologies:', ...lines].join('\n')
}

function drawSummaries(parts: { name: string; summary: string }[]): string[] {
  const rows = parts.map(({ name, summary }) => ({ name, text: summary }))
  return drawTable(rows, (process.stdout.columns || 80) - 2).map(indent)
}

function describeExcess(directories: string[]): string {
  const list = directories.map((directory) => `"${directory}"`).join(', ')
  return `Expected one directory but got ${list}. Quote a path that has spaces, and after npm create put "--" before the flags.`
}

/** Instead of an exit at once, which would lose what is not written yet; and restates complaints as ours. */
function rejectUsage(error: CommanderError): void {
  if (error.exitCode === 0) throw error
  const [complaint = '', hint = ''] = error.message
    .replace('error: ', '')
    .replaceAll("'", '"')
    .split('\n')
  const sentence = `${complaint.charAt(0).toUpperCase()}${complaint.slice(1).replace(/\.$/, '')}.`
  throw new UsageError(`${sentence} ${hint.replace(/^\((.*)\)$/, '$1') || 'See --help.'}`)
}
