import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

/** Whether PATH has a program of this name. */
export async function isOnPath(program: string): Promise<boolean> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const isHere = await access(join(folder, program), constants.X_OK).then(
      () => true,
      () => false,
    )
    if (isHere) return true
  }
  return false
}
