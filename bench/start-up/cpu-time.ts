import { readFileSync, readdirSync } from 'node:fs'

/** How long a tick is in which Linux counts, in milliseconds. */
const TICK_MS = 10

/** The time that all processes of a session have had of the processors, in milliseconds: by themselves, and in the system. */
export function cpuTimeOf(session: number): number {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const fields = pids.map(fieldsOf).filter((each) => Number(each[3]) === session)
  return (
    fields.flatMap((each) => each.slice(11, 15)).reduce((sum, ticks) => sum + Number(ticks), 0) *
    TICK_MS
  )
}

/** Those of `/proc/<pid>/stat` after the program's name, which may have spaces. None of a process that has ended. */
function fieldsOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
  } catch {
    return []
  }
}
