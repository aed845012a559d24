/** What may be of the live view: nothing, its agents with nobody who looks, or its window too. */
export const states = ['absent', 'closed', 'open'] as const

export type State = (typeof states)[number]
