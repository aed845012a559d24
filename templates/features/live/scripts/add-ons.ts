import type { Plugin } from 'vite'

/** Makes a plugin of Vite for the mode of a build; undefined where it has no part in it. */
type AddOn = (mode: string) => Plugin | undefined

const all: AddOn[] = []

/** Adds something to the builds of main, of utility processes and of pages. Who calls it has to be imported, and no more. */
export function add(addOn: AddOn): void {
  all.push(addOn)
}

export function addOns(mode: string): Plugin[] {
  return all.flatMap((newPlugin) => newPlugin(mode) ?? [])
}
