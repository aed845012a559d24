/**
 * What holds of a channel wherever its two ends are. Every case is tried on a channel of its own; it
 * throws where it does not hold. Nothing here knows of Vitest, Node or Electron.
 */
import type { Case } from './case.ts'
import { askingBack } from './asking-back.ts'
import { calls } from './calls.ts'
import { cancelling } from './cancelling.ts'
import { closing } from './closing.ts'
import { failing } from './failing.ts'
import { large } from './large.ts'
import { moving } from './moving.ts'
import { streamArguments } from './stream-arguments.ts'
import { streams } from './streams.ts'
import { uncloneables } from './uncloneables.ts'
import { values } from './values.ts'

export const cases: Case[] = [
  ...calls,
  ...values,
  ...large,
  ...streams,
  ...streamArguments,
  ...cancelling,
  ...uncloneables,
  ...moving,
  ...failing,
  ...closing,
  ...askingBack,
]
