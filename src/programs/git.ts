import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { CancelledError, FailedError, messageOf } from '../errors.ts'

/** Why no repository can be made in `folder`, as half a sentence; undefined when one can. */
export async function findGitObstacle(folder: string): Promise<string | undefined> {
  const refusal = (args: string[]): Promise<string | undefined> =>
    runGit(folder, args).then(() => undefined, firstLineOf)
  const broken = await refusal(['--version'])
  if (broken?.endsWith('ENOENT')) return 'git is not on this machine'
  if (broken) return `git says "${broken}"`
  const outside = await refusal(['rev-parse', '--is-inside-work-tree'])
  if (!outside) return 'the folder is in a repository already'
  // Such as of a repository above that belongs to somebody else.
  if (!outside.includes('not a git repository')) return `git says "${outside}"`
  for (const key of ['user.name', 'user.email']) {
    if (await refusal(['config', '--get', key])) return 'git does not know your name and email'
  }
  return undefined
}

/** Not where a git hook that runs us has its repository, and in the words that are looked for. */
const HERE = {
  GIT_DIR: undefined,
  GIT_WORK_TREE: undefined,
  GIT_INDEX_FILE: undefined,
  LC_ALL: 'C',
}

/**
 * Makes a repository of a project, with one commit of those of `paths` that are there, or none.
 * Throws a FailedError with what git says when it refuses, such as a hook or a signature that fails,
 * and a CancelledError when `signal` aborts.
 */
export async function commitProject(
  project: string,
  paths: string[],
  message: string,
  signal: AbortSignal,
): Promise<void> {
  const repository = join(project, '.git')
  const isNew = !existsSync(repository)
  const written = paths.filter((path) => existsSync(join(project, path)))
  try {
    await runGit(project, ['init'], signal)
    // Whatever else is there, and whatever a .gitignore that was there before says.
    await runGit(project, ['add', '--force', '--', ...written], signal)
    await runGit(project, ['commit', '--message', message], signal)
  } catch (error) {
    if (isNew) rmSync(repository, { recursive: true, force: true })
    if (signal.aborted) {
      throw new CancelledError(`The project was made in "${project}", but no repository of it.`)
    }
    throw new FailedError(firstLineOf(error), 'failed', { cause: error })
  }
}

async function runGit(cwd: string, args: string[], signal?: AbortSignal): Promise<void> {
  // Loaded here, for it takes a while and most runs need none of it.
  const { execFile } = await import('node:child_process')
  await promisify(execFile)('git', args, { cwd, signal, env: { ...process.env, ...HERE } })
}

/** Of what git said, or of the error when it said nothing. */
function firstLineOf(error: unknown): string {
  const { stderr = '' } = error as { stderr?: string }
  return stderr.trim().split('\n')[0] || messageOf(error)
}
