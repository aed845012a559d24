import type { Task } from '../cases.ts'

/** What the bench has Electron do. Every order is answered with an outcome. */
export type Order =
  | { verb: 'open'; host: number; subject: string }
  | ({ verb: 'measure'; host: number } & Task)
  | { verb: 'close'; host: number }
