import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { FailedError, messageOf } from './errors.ts'

/** Why no repository can be made in `folder`, as half a sentence; undefined when one can. */
export async function findGitObstacle(folder: string): Promise<string | undefined> {
  if (!(await succeeds(folder, ['--version']))) return 'git is not on this machine'
  if (await succeeds(folder, ['rev-parse', '--is-inside-work-tree'])) {
    return 'the folder is in a repository already'
  }
  const isKnown = (key: string): Promise<boolean> => succeeds(folder, ['config', '--get', key])
  if (!(await isKnown('user.name')) || !(await isKnown('user.email'))) {
    return 'git does not know your name and email'
  }
  return undefined
}

/**
 * Makes a repository of a project, with one commit, or none.
 * Throws a FailedError with what git says when it refuses, such as a hook or a signature that fails.
 */
export async function commitProject(project: string, message: string): Promise<void> {
  const repository = join(project, '.git')
  const isNew = !existsSync(repository)
  try {
    await runGit(project, ['init'])
    await runGit(project, ['add', '--all'])
    await runGit(project, ['commit', '--message', message])
  } catch (error) {
    if (isNew) rmSync(repository, { recursive: true, force: true })
    throw new FailedError(firstLineOf(error), 'failed', { cause: error })
  }
}

async function succeeds(cwd: string, args: string[]): Promise<boolean> {
  try {
    await runGit(cwd, args)
    return true
  } catch {
    return false
  }
}

async function runGit(cwd: string, args: string[]): Promise<void> {
  // Loaded here, for it takes a while and most runs need none of it.
  const { execFile } = await import('node:child_process')
  await promisify(execFile)('git', args, { cwd })
}

/** Of what git said, or of the error when it said nothing. */
function firstLineOf(error: unknown): string {
  const { stderr = '' } = error as { stderr?: string }
  return stderr.trim().split('\n')[0] || messageOf(error)
}
