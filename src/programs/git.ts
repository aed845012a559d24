import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { isThere } from '../disk/is-there.ts'
import { CancelledError, FailedError, messageOf } from '../errors.ts'
import { UNDONE } from '../recover/staging.ts'
import { environmentFor, findProgram } from './find-program.ts'

const MISSING = 'git is not on this machine'
const UNKNOWN_AUTHOR = 'git does not know your name and email'

/** Why no repository can be made in `folder`, as half a sentence; undefined when one can. */
export async function findGitObstacle(folder: string): Promise<string | undefined> {
  if (!findProgram('git')) return MISSING
  const broken = await refusalOf(folder, ['--version'])
  if (broken) return `git says "${broken}"`
  const outside = await refusalOf(folder, ['rev-parse', '--is-inside-work-tree'])
  if (!outside) return 'the folder is in a repository already'
  // Such as of a repository above that belongs to somebody else.
  if (!outside.includes('not a git repository')) return `git says "${outside}"`
  // Git would adopt what is in it: hooks, and a configuration that names programs to run.
  const repository = join(folder, '.git')
  return isThere(repository) ? `"${repository}" is there, and is no repository` : undefined
}

/**
 * Whether git may know who commits in a repository in `folder` or below. Where that depends on the place,
 * only the repository itself can tell.
 */
export async function mayKnowAuthor(folder: string): Promise<boolean> {
  if (await knowsAuthor(folder)) return true
  return !(await refusalOf(folder, ['config', '--get-regexp', '^includeif\\.']))
}

/**
 * Makes a repository of a project, with one commit of those of `paths` that are there, or none.
 * Returns why there can be none, as half a sentence.
 * Throws a FailedError with what git says when it refuses, such as a hook or a signature that fails,
 * and a CancelledError when `signal` aborts.
 */
export async function commitProject(
  project: string,
  paths: string[],
  message: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const obstacle = await findGitObstacle(project)
  if (obstacle) return obstacle
  const written = paths.filter((path) => existsSync(join(project, path)))
  const undo = () => rmSync(join(project, '.git'), { recursive: true, force: true })
  try {
    await runGit(project, ['init'], signal)
    if (!(await knowsAuthor(project))) {
      undo()
      return UNKNOWN_AUTHOR
    }
    // Whatever else is there, and whatever a .gitignore that was there before says.
    await runGit(project, ['add', '--force', '--', ...written], signal)
    await runGit(project, ['commit', '--message', message], signal)
    return undefined
  } catch (error) {
    undo()
    if (signal.aborted) {
      throw new CancelledError(`The project was made in "${project}", but no repository of it.`)
    }
    throw new FailedError(firstLineOf(error), 'failed', { cause: error })
  }
}

/**
 * Why what is changed in `folder` could not be taken back by git, as half a sentence; undefined when it could.
 * What an undone run had written is nobody's change. Nothing that the repository's own configuration names is run.
 */
export async function findUncommitted(folder: string): Promise<string | undefined> {
  const paths = ['.', `:(exclude)${UNDONE}*`]
  const args = ['-c', 'core.fsmonitor=false', 'status', '--porcelain', '--', ...paths]
  try {
    const changes = await runGit(folder, args)
    return changes.trim() === '' ? undefined : `"${folder}" has changes that are not committed`
  } catch (error) {
    return `"${folder}" is in no git repository that can be read (${firstLineOf(error)})`
  }
}

/** True when git has all of those files, none of which has been changed since: what it ignores it has not. */
export async function areCommitted(folder: string, paths: string[]): Promise<boolean> {
  const args = ['--literal-pathspecs', '-c', 'core.fsmonitor=false', 'ls-files', '--error-unmatch']
  return (await refusalOf(folder, [...args, '--', ...paths])) === undefined
}

/**
 * Why what is in `folder` may have come with a clone, as half a sentence; undefined when git has nothing of it, and
 * so somebody has put it there.
 */
export async function findOrigin(folder: string): Promise<string | undefined> {
  const args = ['-c', 'core.fsmonitor=false', 'ls-files', '--', '.']
  try {
    const files = await runGit(folder, args)
    return files === '' ? undefined : `"${folder}" came with the repository, and is not run`
  } catch {
    return `"${folder}" is in no git repository, so it may have come with the project, and is not run`
  }
}

/** By its own rules: configuration, environment, and what it makes of the machine's name. */
async function knowsAuthor(folder: string): Promise<boolean> {
  for (const who of ['GIT_AUTHOR_IDENT', 'GIT_COMMITTER_IDENT']) {
    if (await refusalOf(folder, ['var', who])) return false
  }
  return true
}

/**
 * Not where a git hook that runs us has its repository, and in the words that are looked for. What only asks writes
 * nothing: `git status` would write its index anew, and fail on a disk that is full.
 */
const HERE = {
  GIT_OPTIONAL_LOCKS: '0',
  GIT_DIR: undefined,
  GIT_WORK_TREE: undefined,
  GIT_INDEX_FILE: undefined,
  GIT_COMMON_DIR: undefined,
  GIT_OBJECT_DIRECTORY: undefined,
  GIT_ALTERNATE_OBJECT_DIRECTORIES: undefined,
  LC_ALL: 'C',
}

/** What git says when it refuses; undefined when it does not. */
async function refusalOf(folder: string, args: string[]): Promise<string | undefined> {
  return runGit(folder, args).then(() => undefined, firstLineOf)
}

/** Returns what it prints. */
async function runGit(cwd: string, args: string[], signal?: AbortSignal): Promise<string> {
  // Loaded here, for it takes a while and most runs need none of it.
  const { execFile } = await import('node:child_process')
  const git = findProgram('git')
  if (!git) throw new Error(MISSING)
  const env = environmentFor({ ...process.env, ...HERE })
  const { stdout } = await promisify(execFile)(git, args, { cwd, signal, env })
  return stdout
}

/** Of what git said, or of the error when it said nothing. */
function firstLineOf(error: unknown): string {
  const { stderr = '' } = error as { stderr?: string }
  return stderr.trim().split('\n')[0] || messageOf(error)
}
