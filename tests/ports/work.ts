import { quiet } from './pair.ts'

/** How much this process has worked so far, in milliseconds: on a busy machine the clock says little of it. */
function readWork(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

async function workOf(task: () => unknown): Promise<number> {
  const before = readWork()
  await task()
  return readWork() - before
}

/** In milliseconds: below this nobody minds, and nothing can be told of a ratio. */
const LITTLE = 50

/** As many times what it takes to take a post from its port, which comes before any code of ours. */
const MOST_TIMES = 10

/**
 * Hands a post to whoever reads it, three times at most: what is collected as garbage meanwhile, and code that
 * is compiled, is no fault of the post.
 *
 * @returns whether it took much more work each time than its size explains.
 */
export async function isExcessive(post: unknown, read: (data: unknown) => void): Promise<boolean> {
  for (let attempt = 0; attempt < 3; attempt++) {
    let data: unknown
    const toTake = await workOf(() => void (data = structuredClone(post)))
    const toRead = await workOf(() => {
      read(data)
      return quiet()
    })
    if (toRead <= LITTLE + MOST_TIMES * toTake) return false
  }
  return true
}
