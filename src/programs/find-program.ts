import { accessSync, constants, statSync } from 'node:fs'
import { normalize, posix, win32 } from 'node:path'

/**
 * Where a program is, by the PATH alone; undefined when it is not there. Not in the folder that it is to
 * work in, which may hold a `git.exe` of somebody else's, and where Windows and a PATH with a "." look.
 */
export function findProgram(
  name: string,
  env = process.env,
  platform = process.platform,
): string | undefined {
  const isWindows = platform === 'win32'
  const { delimiter, isAbsolute } = isWindows ? win32 : posix
  const endings = isWindows ? (env['PATHEXT'] || '.COM;.EXE;.BAT;.CMD').split(';') : ['']
  return (env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => folder.replaceAll('"', ''))
    .filter(isAbsolute)
    .flatMap((folder) => endings.map((ending) => normalize(`${folder}/${name}${ending}`)))
    .find(isProgram)
}

/** What a program and those that it starts are to see. On Windows they too look in the folder first. */
export function environmentFor(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...env, NoDefaultCurrentDirectoryInExePath: '1' }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
