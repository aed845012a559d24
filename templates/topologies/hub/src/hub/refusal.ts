export type RefusalCode = 'OUT_OF_TURN' | 'TOO_OLD' | 'TOO_LONG' | 'TOO_MANY' | 'NO_CHANGE'

/** Why the hub does not do what a window asks: an error with a code, which the kernel carries to the window. */
export function refusal(code: RefusalCode, message: string): Error {
  return Object.assign(new Error(message), { code })
}
