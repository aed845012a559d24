/**
 * What npm says of the flags that it was given: it passes each to the programs it runs, as an environment
 * variable such as `npm_config_dry_run=true`. Up to 11 it does so with flags that it does not know, too.
 */
import { isAbsolute } from 'node:path'
import type { Option } from 'commander'

/** Those of `options` that npm was given, each as it is written: `['--topology', 'main-port']`. */
export function readNpmConfig(options: readonly Option[], env: NodeJS.ProcessEnv): string[][] {
  const flags = options.map(({ long }) => long)
  return options
    .filter(({ negate }) => !negate)
    .map((option) => readOption(option, env))
    .filter(([flag]) => flags.includes(flag))
}

function readOption(option: Option, env: NodeJS.ProcessEnv): string[] {
  const { long = '', required } = option
  const value = valueOf(option, env)
  if (value === undefined) return []
  if (long === '--git') return readGit(value)
  // Where a flag does not say that it takes a value, npm leaves that among the words it passes on.
  if (required) return value === 'true' || value === '' ? [long] : [long, listOf(value)]
  return [value === 'true' ? long : long.replace('--', '--no-')]
}

/** npm has a flag of that name, for the path of git, which takes the next word with it. */
function readGit(value: string): string[] {
  if (isAbsolute(value)) return []
  if (value === 'false') return ['--no-git']
  return value === '' ? ['--git'] : ['--git', value]
}

function valueOf({ long = '', short }: Option, env: NodeJS.ProcessEnv): string | undefined {
  // npm reads --pm as -p and -m, which are --parseable and --message.
  if (long === '--pm') return env['npm_config_parseable'] && env['npm_config_message']
  return env[variableOf(long)] ?? (short && env[variableOf(short)])
}

function variableOf(flag: string): string {
  return `npm_config_${flag.replace(/^-+/, '').replaceAll('-', '_')}`
}

/** npm joins the values of a flag that is given twice by an empty line. */
function listOf(value: string): string {
  return value.split('\n\n').join(',')
}
