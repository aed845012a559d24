import { inject } from 'vitest'

/** The display of this worker of Vitest: those that run at the same time do not fight for one. */
export function ownDisplay(): string | undefined {
  const displays = inject('displays')
  const worker = Number(process.env['VITEST_POOL_ID'] ?? 1)
  return displays[(worker - 1) % displays.length]
}
