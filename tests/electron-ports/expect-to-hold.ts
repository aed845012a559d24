import { expect } from 'vitest'
import { HOLDS } from '../ports/cases/meet.ts'
import type { Pair } from './pairs.ts'

/** Something with pages that play. */
export interface Stage {
  /** Plays a case between two places. Gives what came of it at either end. */
  play(pair: Pair, name: string): Promise<{ reader: string; library: string }>
}

/** Plays a case on a stage, where it has to hold at both ends. */
export async function expectToHold(stage: Stage, pair: Pair, name: string): Promise<void> {
  expect(await stage.play(pair, name)).toEqual({ reader: HOLDS, library: HOLDS })
}
