import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

/** Whether PATH has a program of this name. */
export async function isOnPath(program: string): Promise<boolean> {
  return (await findOnPath(program)) !== undefined
}

/** Where PATH has a program of this name; undefined where it has none. */
export async function findOnPath(program: string): Promise<string | undefined> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, program)
    const isHere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (isHere) return path
  }
  return undefined
}
