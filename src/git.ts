import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

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

/** Makes a repository of a project, with one commit. Throws what git says when it fails. */
export async function commitProject(project: string, message: string): Promise<void> {
  await run('git', ['init'], { cwd: project })
  await run('git', ['add', '--all'], { cwd: project })
  await run('git', ['commit', '--message', message], { cwd: project })
}

async function succeeds(cwd: string, args: string[]): Promise<boolean> {
  try {
    await run('git', args, { cwd })
    return true
  } catch {
    return false
  }
}
