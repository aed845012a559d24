/**
 * npm keeps flags that stand before "--": `npm create electron-ports my-app --dry-run` runs this command with
 * `my-app` alone. pnpm, yarn and bun pass every flag on.
 */
import { Option } from 'commander'
import { version } from '../../package.json'
import { UsageError } from '../errors.ts'
import { quoteForShell } from '../terminal/shell.ts'
import { readNpmConfig } from './npm-config.ts'

/** How this command is started by those of npm that run it. */
const STARTS: Record<string, string> = {
  init: `npm create electron-ports@${version} --`,
  exec: `npx create-electron-ports@${version}`,
}

/** Those of npm that run a script of somebody's package.json: what that gives by itself is not known. */
const SCRIPTS = ['run', 'run-script', 'start']

/** By these npm itself is told how to run a command: without a question, or against its own advice. */
const HEEDED_BY_NPM = ['--yes', '--force']

/** What was given to this command: its options by name, and all words as they were. */
export interface Given {
  options: Record<string, unknown>
  words: string[]
}

/**
 * Throws a UsageError when npm kept flags that can only have been meant for this command.
 *
 * @param known  The options that there are, and what `--topology` may name.
 */
export function refuseFlagsKeptByNpm(
  known: { options: readonly Option[]; topologies: string[] },
  given: Given,
  env = process.env,
): void {
  if (!isRunByNpm(env)) return
  const open = known.options.filter((option) => given.options[option.attributeName()] === undefined)
  const kept = readNpmConfig(open, env)
  const flags = kept.map(([flag = '']) => flag)
  if (flags.every((flag) => HEEDED_BY_NPM.includes(flag))) return
  throw new UsageError(describeKept(flags, putBack(kept, given.words, known.topologies), env))
}

/** A sentence for an error that advises `flag`: npm may have kept just that. Begins with a space, or is empty. */
export function hintAtNpm(
  flag: '--yes' | '--force',
  words = process.argv.slice(2),
  env = process.env,
): string {
  const isKept = isRunByNpm(env) && readNpmConfig([new Option(flag)], env).length > 0
  return isKept && !words.includes(flag) ? ` ${describeKept([flag], [...words, flag], env)}` : ''
}

function isRunByNpm(env: NodeJS.ProcessEnv): boolean {
  const { npm_config_user_agent: agent = '', npm_command: command = '' } = env
  return agent.startsWith('npm/') && [...Object.keys(STARTS), ...SCRIPTS].includes(command)
}

function describeKept(flags: string[], words: string[], env: NodeJS.ProcessEnv): string {
  const start = STARTS[env['npm_command'] ?? '']
  const remedy = start
    ? `run: ${[start, ...words.map((word) => quoteForShell(word))].join(' ')}`
    : 'put "--" before what is meant for it.'
  return `npm kept ${flags.join(', ')} for itself. For this command, ${remedy}`
}

/** The words as they are to be given: with the flags, and the topologies behind theirs. */
function putBack(kept: string[][], words: string[], topologies: string[]): string[] {
  const others = kept.filter((flag) => flag.join() !== '--topology').flat()
  if (others.length === kept.flat().length) return [...words, ...others]
  const at = words.findLastIndex((word) =>
    word.split(',').every((name) => topologies.includes(name)),
  )
  const rest = words.filter((_, index) => index !== at)
  return [...rest, ...others, '--topology', words[at] ?? 'NAMES']
}
