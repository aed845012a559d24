import { inCamelCase, inPascalCase } from '../graph/names.ts'
import type { Project } from './plan.ts'

/** What a template sees. */
export interface Variables extends Project, Names {
  inCamelCase: (name: string) => string
  inPascalCase: (name: string) => string
}

/** What `[node]` or `[link]` in a path stands for, in a layer that is there once for each. */
export interface Names {
  node?: string
  link?: string
  from?: string
  to?: string
}

/** The names of all of them: EJS is to be told, for it is strict. */
export const VARIABLES = Object.keys({
  name: true,
  scheme: true,
  version: true,
  command: true,
  app: true,
  nodes: true,
  links: true,
  topologies: true,
  features: true,
  ui: true,
  contracts: true,
  skeleton: true,
  diagram: true,
  usesYarn: true,
  node: true,
  link: true,
  from: true,
  to: true,
  inCamelCase: true,
  inPascalCase: true,
} satisfies Record<keyof Variables, true>)

export function toVariables(project: Project, names: Names = {}): Variables {
  return { ...project, ...names, inCamelCase, inPascalCase }
}
